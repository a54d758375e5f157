# shellcheck shell=bash
# Explains the machine: what is there, what is missing, what this engine cannot enforce. Changes nothing.
part setup

doctor_help() {
  cat << 'TEXT'
Usage: ./lab doctor
       ./lab doctor --course F [--lab ID] [--parallel N] [--timeout SECONDS] [--database URL]

Explains this machine: engine and API version, what of the sandbox this engine cannot enforce, images, JDK, disk, memory, CA bundle,
proxy, and whether the package index tells when files were uploaded. Changes nothing; works when nothing is installed yet.
With --course it asks for every repository of that course's roster instead, with the harness's credentials, and lists what cannot be read.

Examples:
  ./lab doctor
  ./lab doctor --course mlops/course.yaml

Exit codes: 0 everything needed is there, 2 wrong use, 4 something is missing (the end of the list says what would mend it), or a
repository cannot be read.
TEXT
}

command_doctor() {
  local argument
  for argument in "$@"; do
    [[ $argument != @(--course|--course=*) ]] || run_program doctor "$@" # which does not return
  done
  case "${1:-}" in
    -h | --help) doctor_help ;;
    '') examine ;;
    *) wrong_use doctor "does not know '$1'" ;;
  esac
}

WEAKER=0
fact() { printf '%-9s %-22s %s\n' "$1" "$2" "$3"; } # ok|missing|weaker|note WHAT VALUE

cap() { # true|false WHAT VALUE [WHAT IT MEANS WHERE IT IS FALSE]: something that the sandbox relies on
  if [[ $1 == true ]]; then
    fact ok "$2" "$3"
  else
    fact weaker "$2" "${4:-not there: $3}"
    WEAKER=$((WEAKER + 1))
  fi
}

examine() {
  local state missing
  state=$(engine_state)
  fact note system "$(system_name), $(uname -m), $(nproc) cores, $(is_root && echo root || echo "not root")"
  examine_program
  examine_engine "$state"
  examine_network "$state"
  missing=$(export LOOK_ONLY=1 && missing_for_program && missing_for_engine "$state")
  if ((WEAKER > 0)); then
    echo
    echo "$WEAKER caps of the sandbox cannot be enforced here (the lines marked weaker). Grading is refused without --accept-weaker-sandbox."
  fi
  if [[ -n $missing || $state != running ]]; then
    echo
    echo "Missing:"
    explain_missing "$state" < <([[ -z $missing ]] || echo "$missing")
    ! can_install || echo "./lab setup does all of this."
    exit 4
  fi
}

examine_program() {
  if find_jdk; then
    fact ok JDK "$JDK_VERSION in $JDK"
    if maven_on_path; then
      fact ok Maven "$(command -v mvn)"
    elif wrapper_has_maven; then
      fact ok Maven "fetched by the wrapper"
    else
      fact note Maven "3.8.6 or newer is not on PATH; the wrapper fetches it, or else ./lab setup installs it"
    fi
    find_app
    if [[ -e $APP/ready ]]; then
      fact ok program "built from these sources"
    else
      fact note program "not built from these sources yet; the next command builds it"
    fi
  else
    fact missing JDK "$(no_jdk)"
  fi
  fact note memory "$(awk '/MemTotal/ { t = $2 } /MemAvailable/ { a = $2 } END { printf "%.1f GiB, %.1f GiB available", t / 1048576, a / 1048576 }' /proc/meminfo)"
  fact note disk "$(free_gib "$LAB_HOME") GiB free for $LAB_HOME"
}

examine_engine() { # STATE
  case "$1" in
    running)
      fact ok engine "$(docker version --format '{{.Server.Version}}, API {{.Server.APIVersion}} (client {{.Client.Version}})')"
      fact note "engine's disk" "$(docker info --format '{{.DockerRootDir}}, {{.Driver}}'), $(free_gib "$(docker info --format '{{.DockerRootDir}}')") GiB free"
      examine_images
      examine_caps
      ;;
    stopped) fact missing engine "installed, does not run" ;;
    denied) fact missing engine "runs, but $(id -un) may not use it" ;;
    absent) fact missing engine "not installed" ;;
  esac
}

examine_images() {
  local missing
  missing=$("$LAB_ROOT/docker/images.sh" missing | paste -sd ' ')
  if [[ -z $missing ]]; then
    fact ok images "all built from these sources"
  else
    fact missing images "not built: $missing (./lab setup builds them)"
  fi
}

examine_caps() {
  local memory swap pids cpu security version
  read -r memory swap pids cpu version < <(docker info --format '{{.MemoryLimit}} {{.SwapLimit}} {{.PidsLimit}} {{.CPUCfsQuota}} {{.CgroupVersion}}')
  security=$(docker info --format '{{.SecurityOptions}}')
  cap "$(yes_if grep -q seccomp <<< "$security")" seccomp "system calls are filtered by a profile" "system calls cannot be filtered"
  cap "$memory" "memory limit" "cgroup v$version" "memory cannot be limited"
  cap "$(yes_if swap_is_limited "$swap")" "swap limit" "a submission cannot escape the memory limit into swap" \
    "the memory limit can be exceeded by swapping"
  cap "$pids" "process limit" "cgroup v$version" "the number of processes cannot be limited"
  cap "$cpu" "CPU limit" "cgroup v$version" "processor time cannot be limited"
  cap "$(yes_if has_user_ids "$security")" "user ids" "every submission has one of its own" \
    "submissions cannot have user ids of their own ($(is_root && echo "the engine runs without root" || echo "needs root"))"
  cap "$(yes_if can_mount_loop)" "disk limit" "a work tree on a loop-mounted ext4 of fixed size" \
    "the disk of a submission cannot be limited (needs root on the engine's host, loop devices, mkfs.ext4)"
  # Where nothing can be mounted there is nothing to propagate.
  ! is_root || cap "$(yes_if can_propagate)" "mount propagation" "later mounts reach a running container (rslave)" \
    "the engine does not see what is mounted here: a mount namespace of its own, such as systemd makes for PrivateTmp="
}

yes_if() { if "$@"; then echo true; else echo false; fi; }

swap_is_limited() { [[ $1 == true || $(wc -l < /proc/swaps) -le 1 ]]; } # SWAP_LIMIT_OF_ENGINE

has_user_ids() { is_root && [[ $1 != *rootless* ]]; } # SECURITY_OPTIONS

# Really makes and mounts a small file system, and takes it away again.
can_mount_loop() {
  local dir ok=1
  { is_root && have mkfs.ext4 && have losetup; } || return 1
  dir=$(mktemp -d "$LAB_HOME/doctor.XXXXXX") || return 1
  mkdir "$dir/mount"
  truncate -s 8M "$dir/image"
  if mkfs.ext4 -q "$dir/image" 2> /dev/null && mount -o loop,nosuid,nodev "$dir/image" "$dir/mount" 2> /dev/null; then
    umount "$dir/mount" && ok=0
  fi
  rm -rf --one-file-system "$dir"
  return "$ok"
}

# Really mounts something and looks for it with the engine's eyes; those of the first process where the engine is not known.
can_propagate() {
  local dir engine ok=1
  { is_root && have mount; } || return 1
  engine=$(cat /run/docker.pid 2> /dev/null) && [[ -d /proc/$engine/root ]] || engine=1
  dir=$(mktemp -d /run/labharness-doctor.XXXXXX) || return 1
  if mount --bind "$dir" "$dir" 2> /dev/null; then
    if mount --make-shared "$dir" 2> /dev/null && mkdir "$dir/seen" && mount -t tmpfs -o size=4k none "$dir/seen" 2> /dev/null; then
      mkdir "$dir/seen/mounted"
      [[ ! -d /proc/$engine/root$dir/seen/mounted ]] || ok=0
      umount "$dir/seen"
    fi
    umount "$dir"
  fi
  rm -rf --one-file-system "$dir"
  return "$ok"
}

examine_network() { # ENGINE_STATE
  local bundle proxy index
  bundle=$(host_ca_bundle)
  proxy=$(host_proxy)
  index=$(host_index)
  if [[ -n $bundle ]]; then
    fact ok "CA bundle" "$bundle, $(grep -c 'BEGIN CERTIFICATE' "$bundle") certificates; image and environment builds use it"
  else
    fact missing "CA bundle" "none found"
  fi
  fact note proxy "${proxy:-none}"
  fact note "package index" "$(without_password "${index:-the default of pip and uv}")"
  examine_upload_times "$1"
}

# Asks as an environment build would: an index without upload times makes a resolution capped by day find nothing, so that the
# program's own list of releases has to stand in.
examine_upload_times() { # ENGINE_STATE
  local image dir answer
  image=$("$LAB_ROOT/docker/images.sh" print | sed -n 's/^tools\.py311=//p')
  if [[ $1 != running ]] || ! docker image inspect "$image" > /dev/null 2>&1; then
    fact note "upload times" "not asked: the images are not built yet"
    return
  fi
  dir=$(mktemp -d "$LAB_HOME/doctor.XXXXXX")
  write_host_settings "$dir" bookworm
  answer=$(timeout 90 docker run --rm --network host --read-only --tmpfs /tmp --env HOME=/tmp --volume "$dir:/host:ro" \
    --label org.labharness=doctor "$image" timeout -k 5 60 sh -c '. /host/settings.sh
      ask() { echo "packaging==24.0" | /opt/uv/bin/uv pip compile -q --no-cache --no-deps --no-header "$@" - > /dev/null 2> /tmp/answer; }
      if ask --exclude-newer 2025-01-01; then echo given; elif ask; then echo absent; else tail -n 1 /tmp/answer; fi' 2>&1 || true)
  rm -rf "$dir"
  case "$answer" in
    given) fact ok "upload times" "given by the package index, so versions can be capped by day" ;;
    absent) fact note "upload times" "not given by the package index: the program's own list of releases caps the packages that it knows by day" ;;
    *) fact missing "upload times" "the package index did not answer: ${answer:-no answer in 60 s}" ;;
  esac
}
