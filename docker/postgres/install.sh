#!/bin/sh
# Runs inside the build: installs PostgreSQL with the host's apt settings and leaves none of them behind.
set -eu
. /host/settings.sh
export DEBIAN_FRONTEND=noninteractive
if [ -s /host/apt.sources ]; then
  rm -rf /etc/apt/sources.list.d/*
  cp /host/apt.sources /etc/apt/sources.list
elif [ ! -s /etc/apt/sources.list ]; then
  echo "deb http://deb.debian.org/debian bookworm main" > /etc/apt/sources.list # the base image keeps none
fi
cp /host/apt.conf /etc/apt/apt.conf.d/99host
apt-get -q update
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
apt-get -q install -y --no-install-recommends postgresql
rm -rf /etc/apt/apt.conf.d/99host /etc/apt/sources.list /etc/apt/sources.list.d/* \
  /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log /build /host
