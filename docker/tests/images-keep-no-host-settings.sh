#!/usr/bin/env bash
# Shows that build stages see the host's settings for downloads and that no image keeps them.
# Needs the engine and the built images; prints one line per finding and ends with 1 when there is one.
set -euo pipefail
export LC_ALL=C.UTF-8
DOCKER=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
WORK=$(mktemp -d)
SECRET=settings-$RANDOM$RANDOM$RANDOM
IMAGE=
trap 'if [[ -n $IMAGE ]]; then docker image rm "$IMAGE" > /dev/null 2>&1 || true; fi; rm -rf "$WORK"' EXIT
FINDINGS=0

finding() {
  echo "LEAK: $*"
  FINDINGS=$((FINDINGS + 1))
}

# An image that is built now, with a secret in every kind of setting that does no harm to the downloads.
build_with_secrets() {
  # shellcheck source=docker/host.sh
  . "$DOCKER/host.sh"
  cp -r "$DOCKER" "$WORK/docker"
  echo "# $SECRET-input" >> "$WORK/docker/tools/uv-requirements.txt"
  { cat "$(host_ca_bundle)" && echo "# $SECRET"; } > "$WORK/ca.pem"
  echo "machine index.invalid login user password $SECRET" > "$WORK/netrc"
  # The build stage proves that it sees them: it fails when it does not.
  # shellcheck disable=SC2016 # the build stage's own shell expands this
  printf 'grep -q "# %s" "$SSL_CERT_FILE"\ngrep -q "%s" "$NETRC"\n[ "$UV_INDEX_COURSE_PASSWORD" = "%s" ]\n' "$SECRET" "$SECRET" "$SECRET" |
    sed -i '/settings.sh/r /dev/stdin' "$WORK/docker/tools/install-uv.sh"
  IMAGE=$(LAB_HOME=$WORK/state bash -c 'HERE=$1 && . "$1/recipes.sh" && image_of uv' - "$WORK/docker")
  mkdir "$WORK/state"
  LAB_HOME=$WORK/state SSL_CERT_FILE=$WORK/ca.pem NETRC=$WORK/netrc UV_INDEX_COURSE_PASSWORD=$SECRET no_proxy=$SECRET.invalid \
    "$WORK/docker/images.sh" build uv
}

look_for_secrets() {
  local stage
  docker save "$IMAGE" > "$WORK/image.tar"
  mkdir "$WORK/layers"
  tar -C "$WORK/layers" -xf "$WORK/image.tar"
  # Layers are tar files themselves, so one search over the bytes sees names, contents and the configuration.
  ! grep -rlaF "$SECRET" "$WORK/layers" || finding "$IMAGE holds the secret"
  docker history --no-trunc "$IMAGE" | grep -F "$SECRET" && finding "the history of $IMAGE names the secret"
  for stage in $(docker image ls --all --quiet --filter label=org.labharness.build); do
    docker run --rm --network none --entrypoint /bin/grep "$stage" -rqF "$SECRET" /host 2> /dev/null &&
      finding "the build stage $stage is still there"
  done
  return 0
}

# The images in use: nothing of the host's settings, whatever they are on this machine.
look_into() { # IMAGE
  docker image inspect --format '{{json .Config}}' "$1" | grep -iE 'proxy|index|ca\.pem|password' && finding "the configuration of $1"
  docker run --rm --network none --read-only --entrypoint /bin/sh "$1" -c '
    for path in /host /build /etc/pip.conf /root/.netrc /root/.config /etc/apt/sources.list /etc/apt/apt.conf.d/99host /etc/apt/apt.conf.d/99mmdebstrap; do
      [ ! -e "$path" ] || echo "$path"
    done' > "$WORK/paths"
  [[ ! -s $WORK/paths ]] || finding "$1 has $(paste -sd ' ' "$WORK/paths")"
  # Certificates that only this host trusts are not in the image.
  docker run --rm --network none --entrypoint /bin/cat "$1" /etc/ssl/certs/ca-certificates.crt | sort -u > "$WORK/known"
  sort -u "$(host_ca_bundle)" | comm -23 - "$WORK/known" | grep -m 20 -E '^[A-Za-z0-9+/=]{64}$' > "$WORK/own" || true
  if [[ -s $WORK/own ]]; then
    docker run --rm --network none --interactive --tmpfs /tmp --entrypoint /bin/sh "$1" -c \
      'cat > /tmp/own; grep -rlaF -f /tmp/own /etc /opt /usr/local /usr/share/ca-certificates /root /var /home /srv 2> /dev/null' < "$WORK/own" > "$WORK/paths" || true
    [[ ! -s $WORK/paths ]] || finding "$1 holds certificates of this host: $(paste -sd ' ' "$WORK/paths")"
  fi
}

build_with_secrets
look_for_secrets
for image in $("$DOCKER/images.sh" print | cut -d = -f 2); do
  look_into "$image"
done
((FINDINGS == 0)) || exit 1
echo "no image keeps a setting of the host"
