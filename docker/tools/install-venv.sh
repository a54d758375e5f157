#!/bin/sh
# Runs inside the build stage: makes the environment $1 from /build/requirements.txt, exact versions and hashes only.
set -eu
. /host/settings.sh
# The files of an image never change after their byte code was made, and copying between stages may change their times.
export PYC_INVALIDATION_MODE=UNCHECKED_HASH
/opt/uv/bin/uv venv --python /usr/bin/python3 --no-python-downloads "$1"
VIRTUAL_ENV=$1 /opt/uv/bin/uv pip install --require-hashes --only-binary :all: --compile-bytecode -r /build/requirements.txt
