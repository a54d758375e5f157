#!/bin/sh
# Runs inside the build stage: brings uv with the pip that Debian ships as a wheel for python3-venv.
set -eu
. /host/settings.sh
PYTHONPATH=$(ls /usr/share/python-wheels/pip-*.whl)
export PYTHONPATH
python3 -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: \
  --target /build/uv -r /build/uv-requirements.txt
install -D -m 755 /build/uv/bin/uv /out/opt/uv/bin/uv
