# The grader's pytest in an environment of its own, byte code compiled.
ARG BASE
ARG UV
FROM ${UV} AS uv
FROM ${BASE} AS build
ARG BUILD_ID
LABEL org.labharness.build=${BUILD_ID}
COPY host/ /host/
COPY --from=uv /opt/uv/ /opt/uv/
COPY requirements.txt install-venv.sh /build/
RUN sh /build/install-venv.sh /opt/pytest

FROM ${BASE}
LABEL org.labharness.image=pytest
COPY --from=build /opt/pytest/ /opt/pytest/
