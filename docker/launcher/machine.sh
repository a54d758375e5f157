# shellcheck shell=bash
# What this machine has and lacks. Looks only; setup.sh changes things.
# shellcheck source=docker/host.sh
. "$LAB_ROOT/docker/host.sh"
# shellcheck source=docker/base/pinned.sh
. "$LAB_ROOT/docker/base/pinned.sh"

is_root() { ((EUID == 0)); }

can_install() { is_root && host_is_debian; }

have() { command -v "$1" > /dev/null 2>&1; }

system_name() {
  # shellcheck source=/dev/null
  ([[ -r /etc/os-release ]] && . /etc/os-release && echo "${PRETTY_NAME:-${ID:-unknown}}") || uname -s
}

# running, denied (by the socket's permissions), stopped, or absent
engine_state() {
  local socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
  socket=${socket#unix://}
  if have docker && timeout 20 docker version --format . > /dev/null 2>&1; then
    echo running
  elif [[ -S $socket && ! -w $socket ]]; then
    echo denied
  elif have docker && { have dockerd || [[ -n ${DOCKER_HOST:-} ]]; }; then
    echo stopped
  else
    echo absent
  fi
}

images_missing() {
  [[ $1 != running ]] || [[ -n $("$LAB_ROOT/docker/images.sh" missing) ]]
}

# Prints `PACKAGE<tab>REASON` for every program that an engine-side run needs and that is not here.
missing_for_engine() { # ENGINE_STATE
  if [[ $1 == absent ]]; then
    printf 'docker.io\tthe container engine\n'
    # Later releases of Debian have the client in a package of its own.
    if ! have docker && apt_knows docker-cli; then
      printf 'docker-cli\tthe command that talks to the engine\n'
    fi
  fi
  if [[ $1 == absent || $1 == stopped ]]; then
    have iptables || printf 'iptables\tthe engine needs it to start\n'
  fi
  if ! have mmdebstrap && images_missing "$1" && ! bases_come_from_registry "$1"; then
    printf 'mmdebstrap\tmakes the base images where no container registry answers\n'
  fi
  have mkfs.ext4 || printf 'e2fsprogs\tmakes the size-capped file system of a submission\n'
  { have losetup && have mount; } || printf 'mount\tmounts that file system\n'
}

# Where nothing may be installed, a registry that answers is as good. Without LOOK_ONLY its images are fetched to find out.
bases_come_from_registry() { # ENGINE_STATE
  local python image
  ! can_install && [[ $1 == running ]] || return 1
  for python in py311 py313; do
    image=$(pulled_image_of "$python")
    docker image inspect --format . "$image" > /dev/null 2>&1 && continue
    [[ -z ${LOOK_ONLY:-} ]] && timeout 60 docker pull --quiet "$image" > /dev/null 2>&1 || return 1
  done
}

missing_for_program() {
  have git || printf 'git\tmakes the repositories of the samples\n'
  { have flock && have setsid; } || printf 'util-linux\tlocks and sessions\n'
  [[ -n $(host_ca_bundle) ]] || printf 'ca-certificates\tto check whom downloads come from\n'
  if ! find_jdk; then
    printf '%s\t%s\n' "$(jdk_package)" "$(no_jdk)"
  fi
}

apt_knows() { [[ -n $(apt-cache policy "$1" 2> /dev/null | awk '/Candidate:/ && $2 != "(none)" { print $2 }') ]]; }

jdk_package() { # the newest JDK that this Debian offers, `-` when it offers none that is new enough
  local version
  for version in 25 21; do
    if apt_knows "openjdk-$version-jdk-headless"; then
      echo "openjdk-$version-jdk-headless"
      return
    fi
  done
  echo -
}

# The same list for people: what is missing and what would mend it, one line each.
explain_missing() { # ENGINE_STATE < lines of `PACKAGE<tab>REASON`
  local package reason
  while IFS=$'\t' read -r package reason; do
    case "$package" in
      -) echo "  - $reason Unpack a JDK of jdk.java.net or adoptium.net below /opt, or set JAVA_HOME." ;;
      *) echo "  - $package ($reason): $(mend_command "$package")" ;;
    esac
  done
  case "$1" in
    stopped) echo "  - the container engine is installed and does not run: $(sudo_if_needed)$(start_command)" ;;
    denied) echo "  - the container engine runs and refuses you: sudo usermod -aG docker $(id -un), then log in again" ;;
    running | absent) ;;
  esac
}

sudo_if_needed() { is_root || echo "sudo "; }

start_command() {
  if [[ -n ${DOCKER_HOST:-} ]]; then
    echo "(start the engine at $(without_password "$DOCKER_HOST"), or unset DOCKER_HOST)"
  elif [[ -d /run/systemd/system ]]; then
    echo "systemctl start docker"
  else
    echo "setsid dockerd &"
  fi
}

mend_command() { # PACKAGE
  if host_is_debian; then
    echo "$(sudo_if_needed)apt-get install $1"
  elif [[ $1 == docker.io ]]; then
    echo "install Docker Engine 20.10 or newer from your system's packages"
  else
    echo "install what your system calls Debian's package $1"
  fi
}
