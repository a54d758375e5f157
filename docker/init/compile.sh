#!/bin/sh
# Runs inside the build stage: gets a compiler from Debian and compiles labinit statically.
set -eu
. /host/settings.sh
export DEBIAN_FRONTEND=noninteractive
if [ -s /host/apt.sources ]; then
  rm -f /etc/apt/sources.list.d/*
  cp /host/apt.sources /etc/apt/sources.list
fi
cp /host/apt.conf /etc/apt/apt.conf.d/99host
apt-get -q update
apt-get -q install -y --no-install-recommends gcc libc6-dev
mkdir -p /out/opt/lab/bin
gcc -std=gnu11 -O2 -Wall -Wextra -Werror -static -s -o /out/opt/lab/bin/labinit /build/labinit.c
