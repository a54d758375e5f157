#!/bin/sh
# Runs inside the build stage: makes the environment $1 from /build/requirements.txt, exact versions and hashes only.
set -eu
. /host/settings.sh
/opt/uv/bin/uv venv --python /usr/bin/python3 --no-python-downloads "$1"
VIRTUAL_ENV=$1 /opt/uv/bin/uv pip install --require-hashes --only-binary :all: -r /build/requirements.txt
# The files of an image never change after their byte code was made, and copying between stages may change their times.
# The tests that packages bring, a third of all files, are never imported here.
"$1/bin/python" -I -m compileall -q -j 0 -x '/tests?/' --invalidation-mode unchecked-hash "$1/lib"
