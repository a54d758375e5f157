# shellcheck shell=bash
# How the launcher speaks: sentences to stderr, progress with seconds, the last error line of a failed step.

say() { echo "$*" >&2; }

die() { # EXIT_CODE SENTENCE...
  local code=$1
  shift
  say "$@"
  exit "$code"
}

wrong_use() { # COMMAND SENTENCE
  die 2 "./lab $1: $2. See ./lab $1 --help"
}

last_error_line() { # LOG
  grep -aiE 'error|failed|fatal|cannot|could not|denied|^E:|no space left' "$1" |
    grep -avE 'returned a non-zero code|Re-run Maven|\[Help 1\]|For more information' | tail -n 1 | sed 's/\x1b\[[0-9;]*m//g' | cut -c 1-400
}

explain_failure() { # WHAT LOG
  local line
  if grep -aqi 'no space left on device' "$2"; then
    say "$1 failed: the disk is full ($(df -h --output=avail,target "$LAB_HOME" | tail -n 1 | xargs | sed 's/ / left on /')). Free some space, then run this again."
  else
    line=$(last_error_line "$2" || true)
    say "$1 failed: ${line:-it printed no error line}"
  fi
  say "Whole log: $2"
}

# Runs a step with its output in a log; says that it starts and how long it took.
step() { # NAME COMMAND...
  local name=$1 log started=$SECONDS
  shift
  log=$LAB_HOME/logs/${name//[^a-zA-Z0-9]/-}.log
  mkdir -p "$LAB_HOME/logs"
  say "$name ..."
  if "$@" > "$log" 2>&1; then
    say "$name: done in $((SECONDS - started)) s"
  else
    explain_failure "$name" "$log"
    return 4
  fi
}
