# DVC in an environment of its own, byte code compiled: the image is read-only when it runs.
ARG BASE
ARG UV
FROM ${UV} AS uv
FROM ${BASE} AS build
ARG BUILD_ID
LABEL org.labharness.build=${BUILD_ID}
COPY host/ /host/
COPY --from=uv /opt/uv/ /opt/uv/
COPY requirements.txt install-venv.sh /build/
RUN sh /build/install-venv.sh /opt/dvc

FROM ${BASE}
LABEL org.labharness.image=dvc
COPY --from=uv /opt/uv/ /opt/uv/
COPY --from=build /opt/dvc/ /opt/dvc/
