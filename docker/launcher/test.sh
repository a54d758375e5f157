# shellcheck shell=bash
# Runs the tests.
part setup

test_help() {
  cat << 'TEXT'
Usage: ./lab test [--fast|--full]

Sets up what is missing and runs the tests; docs/testing.md says which suite runs where and how long it takes.

  --fast   the tests that need no container engine, without the static checks
  (none)   those, the static checks and the tests on the real engine
  --full   everything: every hostile repository, every kill, every lab

Examples:
  ./lab test --fast
  ./lab test

Exit codes: 0 all passed, 2 wrong use, 4 a test failed or the system broke.
TEXT
}

command_test() {
  case "${1:-}" in
    -h | --help) test_help ;;
    --fast) set_up tools && run_tests -Dquick -DskipITs ;;
    --full) set_up images && need_postgres && run_tests -Dfull ;;
    '') set_up images && need_postgres && run_tests ;;
    *) wrong_use test "does not know '$1'" ;;
  esac
}

# The tests of the database run on a real PostgreSQL: this machine's programs, or else an image that holds them.
need_postgres() {
  local place
  for place in $(ls -d /usr/lib/postgresql/*/bin 2> /dev/null) ${PATH//:/ }; do
    [[ ! -x $place/initdb || ! -x $place/postgres || ! -x $place/pg_ctl ]] || return 0
  done
  "$LAB_ROOT/docker/images.sh" build postgres >&2 ||
    die 4 "There is no PostgreSQL for the tests. Install Debian's package postgresql, or see above why its image is not built."
}

run_tests() {
  local log=$LAB_HOME/logs/test.log started=$SECONDS status=0
  tmp= # not local: the trap at the end needs it
  need_jdk
  find_maven || die 4 "Maven 3.8.6 or newer is needed to run the tests. Run ./lab setup."
  mkdir -p "$LAB_HOME/logs"
  tmp=$(folder_in_memory) && trap 'rm -rf "$tmp"' EXIT
  run_maven verify "$@" ${tmp:+"-Dtest.tmp=$tmp"} 2>&1 | tee "$log" | show_tests "$started" || status=4
  if ((status != 0)); then
    say "Tests failed after $((SECONDS - started)) s. Whole log: $log"
    exit 4
  fi
  say "All tests passed in $((SECONDS - started)) s. Whole log: $log"
}

# Thousands of small files and folders are made and removed: twice as fast in memory. Fails where there is no room for them, and where
# no program may be started from there.
folder_in_memory() {
  [[ $(stat -f -c %T /dev/shm 2> /dev/null) == tmpfs && $(free_gib /dev/shm) -ge 1 ]] || return 1
  [[ ,$(findmnt -n -o OPTIONS -T /dev/shm 2> /dev/null || echo noexec), != *,noexec,* ]] || return 1
  mktemp -d /dev/shm/labharness-tests.XXXXXX
}

# Of Maven's output only what tells how far the tests are and what failed, with the seconds so far.
show_tests() { # STARTED
  local line
  while IFS= read -r line; do
    case "$line" in
      *'Tests run:'* | *'BUILD '* | *'ERROR'* | *' Building '* | *' SUCCESS ['* | *' FAILURE ['*)
        printf '%5d s  %s\n' $((SECONDS - $1)) "$line"
        ;;
    esac
  done
}
