# shellcheck shell=bash
# Prepares the machine: installs what is missing where it may, starts the engine, builds images and program.
part machine

setup_help() {
  cat << 'TEXT'
Usage: ./lab setup

Prepares this machine: container engine, images, program. On Debian, as root, it installs missing packages with apt-get and starts the
engine; it says first what it will install. Anywhere else it installs nothing and prints what is missing, with the commands that mend it.
Safe to run again at any time, also after it was interrupted: what is done is not done twice.

Examples:
  ./lab setup
  LAB_HOME=/var/cache/lab ./lab setup      keeps caches and logs outside the repository

Exit codes: 0 ready, 2 wrong use, 4 something is missing or broke.
TEXT
}

command_setup() {
  case "${1:-}" in
    -h | --help) setup_help ;;
    '')
      set_up all
      say "Ready. Try ./lab demo"
      ;;
    *) wrong_use setup "does not know '$1'" ;;
  esac
}

set_up() { # tools|images|all: how much is needed (JDK and Maven; engine and images as well; the program as well)
  exec 7> "$LAB_HOME/setup.lock"
  flock --nonblock 7 2> /dev/null || have_no_flock || { say "Another ./lab sets this machine up; waiting for it ..." && flock 7; }
  install_missing "$1"
  if [[ $1 != tools ]]; then
    need_engine
    need_disk
    build_images_and_program "$1"
  fi
  exec 7>&-
}

have_no_flock() { ! have flock; }

install_missing() { # tools|images|all
  local state=running missing packages
  [[ $1 == tools ]] || state=$(engine_state)
  missing=$(missing_for "$1" "$state")
  if [[ -z $missing ]] && { [[ $state == running ]] || can_start "$state"; }; then
    return
  fi
  if ! can_install || { [[ $state != absent && $state != running ]] && ! can_start "$state"; }; then
    refuse "$state" "$missing"
  fi
  packages=$(cut -f 1 <<< "$missing" | grep -vx -e - | sort -u | paste -sd ' ' || true)
  if [[ -n $packages ]]; then
    say "Will install with apt-get, because it is missing here:"
    awk -F '\t' '$1 != "-" { printf "  %-28s %s\n", $1, $2 }' <<< "$missing" >&2
    # shellcheck disable=SC2086 # the packages are words
    step "Installing packages" apt_install $packages || exit 4
    hash -r
  fi
  # Debian's lists may have been empty before the update, so what no package was known for is looked up once more.
  [[ $1 == tools ]] || state=$(engine_state)
  missing=$(missing_for "$1" "$state")
  [[ -z $missing ]] || refuse running "$missing"
}

can_start() { # ENGINE_STATE
  [[ $1 == stopped && -z ${DOCKER_HOST:-} ]] && is_root
}

missing_for() { # tools|images|all ENGINE_STATE
  missing_for_program
  missing_maven
  [[ $1 == tools ]] || missing_for_engine "$2"
}

missing_maven() {
  if find_jdk && ! find_maven; then
    printf 'maven\tbuilds the program\n'
  fi
}

refuse() { # ENGINE_STATE MISSING
  local why="no package of this Debian brings it"
  host_is_debian || why="this is $(system_name), not Debian"
  is_root || why="you are not root"
  say "Something is missing that ./lab does not install, because $why:"
  explain_missing "$1" < <([[ -z $2 ]] || echo "$2") >&2
  exit 4
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  # An earlier installation may have been interrupted half-way.
  dpkg --configure -a
  apt-get -q update || echo "warning: the package lists could not all be renewed"
  apt-get -q install -y --no-install-recommends "$@"
}

need_engine() {
  local deadline=$((SECONDS + 60)) log=$LAB_HOME/logs/engine.log
  [[ $(engine_state) != running ]] || return 0
  mkdir -p "$LAB_HOME/logs"
  say "Starting the container engine ..."
  start_engine "$log"
  until [[ $(engine_state) == running ]]; do
    if ((SECONDS >= deadline)); then
      explain_failure "Starting the container engine" "$log"
      exit 4
    fi
    sleep 0.2
  done
}

start_engine() { # LOG
  local pid
  if [[ -d /run/systemd/system ]]; then
    systemctl start docker > "$1" 2>&1 || true
  else
    pid=$(cat /var/run/docker.pid 2> /dev/null || true)
    if [[ -n $pid && $(cat "/proc/$pid/comm" 2> /dev/null) != dockerd ]]; then
      rm -f /var/run/docker.pid # left by an engine that was killed
    fi
    # A session of its own: the engine outlives this command and its terminal.
    setsid dockerd > "$1" 2>&1 < /dev/null 7>&- 8>&- &
  fi
}

need_disk() {
  local free
  [[ -n $("$LAB_ROOT/docker/images.sh" missing) ]] || return 0
  free=$(free_gib "$(docker info --format '{{.DockerRootDir}}')")
  ((free >= 5)) || die 4 "The images need 5 GiB, and the disk of $(docker info --format '{{.DockerRootDir}}') has $free GiB left. Free some space, then run this again."
}

free_gib() { # FOLDER, which may lie on another machine's disk
  df -BG --output=avail "$1" 2> /dev/null | tail -n 1 | tr -dc '0-9' || true
}

IMAGES_BUILD=
build_images_and_program() { # images|all
  local status=0
  trap end_images_build EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  "$LAB_ROOT/docker/images.sh" build >&2 &
  IMAGES_BUILD=$!
  # The images take longer, so the program steps back.
  [[ $1 != all ]] || POLITELY=nice build_program
  wait "$IMAGES_BUILD" || status=$?
  IMAGES_BUILD=
  trap - EXIT INT TERM HUP
  ((status == 0)) || die 4 "The images are not all built; the lines above say why."
}

end_images_build() {
  [[ -n $IMAGES_BUILD ]] || return 0
  kill -TERM "$IMAGES_BUILD" 2> /dev/null || true
  wait "$IMAGES_BUILD" 2> /dev/null || true
}
