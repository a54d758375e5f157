#!/usr/bin/env bash
# Builds the images that a grading needs. Their names carry a hash over everything that goes into them, so an image that
# is there is up to date. `docker/images.sh --help` lists the commands.
set -euo pipefail
export LC_ALL=C.UTF-8
# The classic builder is on every engine since 20.10 and needs no plug-in.
export DOCKER_BUILDKIT=0 DOCKER_CLI_HINTS=false

HERE=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
STATE=${LAB_HOME:-$(dirname "$HERE")/.lab}
LOGS=$STATE/logs/images
# shellcheck source=docker/host.sh
. "$HERE/host.sh"
# shellcheck source=docker/base/pinned.sh
. "$HERE/base/pinned.sh"
# shellcheck source=docker/recipes.sh
. "$HERE/recipes.sh"
# shellcheck source=docker/inputs.sh
. "$HERE/inputs.sh"

# The images that a grading uses, under the names of .lab/images.properties. All others are steps on the way.
WANTED=(base-py311 base-py313 tools-py311 tools-py313 tracking custom)

usage() {
  cat << 'TEXT'
Usage: docker/images.sh COMMAND

  build    builds what is missing, several at a time, and writes .lab/images.properties;
           with names (uv, init, dvc-py311, postgres, ...) only those and what they stand on
  print    prints the names of the images, one `key=name` per line; with names those of these
  missing  prints those that are not built yet
  prune    removes images of earlier contents

Examples:
  docker/images.sh build
  docker run --rm -it "$(docker/images.sh print | sed -n 's/^tools.py311=//p')" bash

Exit codes: 0 done, 2 wrong use, 4 something broke (the sentence says what; logs are in .lab/logs/images).
TEXT
}

print_images() { # TARGET...
  local target
  for target in "$@"; do
    echo "${target/-/.}=$(image_of "$target")"
  done
}

have_image() {
  docker image inspect --format . "$1" > /dev/null 2>&1
}

missing_images() {
  local target
  for target in "${WANTED[@]}"; do
    have_image "$(image_of "$target")" || echo "$target"
  done
}

# Builds one image and what it stands on. A lock per image lets parallel builds share the work; it ends with its process.
ensure() {
  local target=$1 image dependency
  image=$(image_of "$target")
  have_image "$image" && return
  for dependency in $(dependencies_of "$target"); do
    ensure "$dependency" || return
  done
  (
    flock 9
    [[ ! -e $SCRATCH/$target.failed ]] || exit 4
    have_image "$image" || build_one "$target" "$image"
  ) 9> "$STATE/locks/image-$target"
}

# The longest chain stands on Python 3.11, so what stands on the other steps back.
ensure_in_turn() { # TARGET
  [[ $1 != *-py313 ]] || renice -n 10 -p "$BASHPID" > /dev/null 2>&1 || true
  ensure "$1"
}

build_one() {
  local target=$1 image=$2 log=$LOGS/$1.log started=$SECONDS
  say "$target" "building"
  # A shell of its own, because `set -e` has no effect in a function whose outcome is asked for.
  if SCRATCH=$SCRATCH "$HERE/images.sh" recipe "$target" "$image" > "$log" 2>&1 9>&-; then
    say "$target" "done in $((SECONDS - started)) s"
  else
    : > "$SCRATCH/$target.failed"
    explain_failure "$target" "$log"
    return 4
  fi
}

say() { printf '  %-12s %s\n' "$1" "$2" >&3; }

explain_failure() {
  local target=$1 log=$2 line
  if grep -qi 'no space left on device' "$log"; then
    mkdir "$SCRATCH/disk-full" 2> /dev/null || return 0 # said already by another build
    say "$target" "FAILED: the disk is full. Free some space where the engine keeps its images ($(docker info -f '{{.DockerRootDir}}' 2> /dev/null)) and run this again."
  else
    line=$(grep -aiE 'error|failed|cannot|could not|denied|E:' "$log" | grep -v 'returned a non-zero code' | tail -n 1 | cut -c 1-400)
    say "$target" "FAILED: ${line:-no error line was printed}"
  fi
  say "" "Whole log: $log"
}

build_all() { # TARGET...
  local target pids=() failed=0
  mkdir -p "$LOGS" "$STATE/locks"
  docker version --format . > /dev/null 2>&1 || {
    echo "The container engine does not answer. Start it, then run this again (./lab doctor says how)." >&2
    return 4
  }
  forget_stale_build_stages
  forget_killed_builds
  SCRATCH=$(mktemp -d "$STATE/building.XXXXXX")
  exec 7< "$SCRATCH"
  flock 7
  trap 'stop_builds' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # Job control gives each build a process group of its own, which an interrupt can end as a whole.
  set -m
  for target in "$@"; do
    ensure_in_turn "$target" < /dev/null &
    pids+=($!)
  done
  set +m
  BUILDS=("${pids[@]}")
  for target in "${pids[@]}"; do
    wait "$target" || failed=4
  done
  BUILDS=()
  return "$failed"
}

# The folder of a build is locked as long as any process of it lives. A young one may not be locked yet.
forget_killed_builds() {
  local folder
  while IFS= read -r folder; do
    if (flock --nonblock 6) 6< "$folder"; then
      forget_build_stages "$(basename "$folder")"
      rm -rf --one-file-system "$folder"
    fi
  done < <(find "$STATE" -maxdepth 1 -name 'building.*' -mmin +2 2> /dev/null)
}

BUILDS=()
SCRATCH=${SCRATCH:-}
stop_builds() {
  local pid
  trap '' INT TERM HUP
  for pid in "${BUILDS[@]}"; do
    kill -TERM -- "-$pid" 2> /dev/null || true
  done
  wait
  if [[ -n $SCRATCH ]]; then
    forget_build_stages "$(basename "$SCRATCH")"
    rm -rf --one-file-system "$SCRATCH"
  fi
}

write_properties() {
  local new
  new=$(mktemp "$STATE/images.XXXXXX")
  {
    echo "$INPUTS"
    print_images "${WANTED[@]}"
  } > "$new"
  chmod 644 "$new"
  mv "$new" "$STATE/images.properties"
}

prune_images() {
  local keep image
  keep=$(for target in $(all_targets); do image_of "$target"; done)
  docker image ls --format '{{.Repository}}:{{.Tag}}' --filter reference='labharness/*' | grep -vxF "$keep" |
    while IFS= read -r image; do
      docker image rm "$image" > /dev/null && echo "removed $image"
    done
}

require_targets() { # TARGET...
  local target
  for target in "$@"; do
    dependencies_of "$target" > /dev/null || exit 2
  done
}

INPUTS=$(image_inputs "$HERE") # first: an edit while they are built makes the names old
hash_all
exec 3>&1
case "${1:---help}" in
  build)
    if (($# > 1)); then
      require_targets "${@:2}"
      build_all "${@:2}"
    else
      build_all tracking tools-py311 tools-py313 custom
      write_properties
    fi
    ;;
  recipe) "recipe_${2%%-*}" "$2" "$3" ;; # called by build_one
  print)
    require_targets "${@:2}"
    (($# > 1)) || set -- print "${WANTED[@]}"
    print_images "${@:2}"
    ;;
  missing) missing_images ;;
  prune) prune_images ;;
  -h | --help | help) usage ;;
  *)
    echo "docker/images.sh knows no command '$1'." >&2
    usage >&2
    exit 2
    ;;
esac
