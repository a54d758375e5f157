# uv alone: the installer of every Python environment, here and for students.
ARG BASE
FROM ${BASE} AS build
ARG BUILD_ID
LABEL org.labharness.build=${BUILD_ID}
COPY host/ /host/
COPY uv-requirements.txt install-uv.sh /build/
RUN sh /build/install-uv.sh

FROM scratch
LABEL org.labharness.image=uv
COPY --from=build /out/ /
