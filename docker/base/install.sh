#!/bin/sh
# Runs inside the pulled Debian image: installs packages.txt with the host's apt settings and leaves none of them behind.
set -eu
. /host/settings.sh
export DEBIAN_FRONTEND=noninteractive
if [ -s /host/apt.sources ]; then
  rm -f /etc/apt/sources.list.d/*
  cp /host/apt.sources /etc/apt/sources.list
fi
cp /host/apt.conf /etc/apt/apt.conf.d/99host
apt-get -q update
xargs apt-get -q install -y --no-install-recommends < /build/packages.txt
rm -rf /etc/apt/apt.conf.d/99host /etc/apt/sources.list /etc/apt/sources.list.d/* \
  /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log /build /host
