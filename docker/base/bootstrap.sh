#!/usr/bin/env bash
# The base image where no container registry is in reach: a Debian SUITE with packages.txt, from Debian packages, into TAR.
# HOST is the folder with the host's settings (sources and apt.conf); the image keeps none of them.
# Usage: bootstrap.sh SUITE HOST TAR
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
suite=$1 host=$2 tar=$3

command -v mmdebstrap > /dev/null || {
  echo "error: no container registry is in reach and mmdebstrap is not installed; ./lab setup installs it" >&2
  exit 4
}
options=(--variant=minbase --include="$(paste -sd, "$HERE/packages.txt")" --dpkgopt=force-unsafe-io)
while IFS= read -r line; do
  options+=("--dpkgopt=$line")
done < "$HERE/dpkg-excludes"
while IFS= read -r line; do
  options+=("--aptopt=$line")
done < <(sed "s#/host/#$host/#" "$host/apt.conf")
# Where the host names no Debian mirror, the default of mmdebstrap holds.
mapfile -t sources < "$host/apt.sources"
# shellcheck disable=SC2016 # $1 is the hook's own argument
mmdebstrap "${options[@]}" --customize-hook='cd "$1"/etc && rm -rf apt/apt.conf.d/99mmdebstrap apt/sources.list apt/sources.list.d/* resolv.conf hostname' \
  "$suite" "$tar" "${sources[@]}"
