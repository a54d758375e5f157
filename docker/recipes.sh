# shellcheck shell=bash
# How each image is made: what it stands on, which files go into it, and the steps. Sourced by images.sh.

all_targets() {
  echo base-py311 base-py313 init uv dvc-py311 dvc-py313 tools-py311 tools-py313 mlflow tracking pytest custom postgres
}

dependencies_of() {
  case "$1" in
    base-*) ;;
    init | uv) echo base-py311 ;;
    dvc-*) echo "base-${1#*-} uv" ;;
    tools-*) echo "dvc-${1#*-} init" ;;
    postgres) echo base-py311 ;;
    mlflow | pytest) echo base-py311 uv ;;
    tracking) echo mlflow init ;;
    custom) echo pytest init ;;
    *) echo "there is no image '$1'" >&2; return 1 ;;
  esac
}

inputs_of() { # the files whose contents an image depends on, relative to docker/
  case "$1" in
    base-*) echo base ;;
    init) echo init lab/labinit.c ;;
    uv) echo tools/uv.Dockerfile tools/install-uv.sh tools/uv-requirements.txt ;;
    dvc-*) echo tools/dvc.Dockerfile tools/install-venv.sh tools/dvc-requirements.txt ;;
    tools-*) echo tools/Dockerfile lab ;;
    mlflow) echo tracking/mlflow.Dockerfile tools/install-venv.sh tracking/mlflow-requirements.txt ;;
    tracking) echo tracking lab ;;
    pytest) echo custom/pytest.Dockerfile tools/install-venv.sh custom/pytest-requirements.txt ;;
    custom) echo custom ;;
    postgres) echo postgres ;;
    *) echo "there is no image '$1'" >&2; return 1 ;;
  esac
}

assembly_of() { # the functions of this file that decide what is in an image beside those contents
  case "$1" in
    tools-*) declare -f recipe_tools lab_programs environment_stand_in ;;
    tracking) declare -f recipe_tracking lab_programs ;;
    custom) declare -f recipe_custom ;;
  esac
}

mapfile -t DIGESTS < <(cd "$HERE" && find base init lab postgres tools tracking custom -type f -not -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum)
declare -A HASHES=()
hash_of() { # TARGET: sets HASHES[TARGET], over the target's own inputs and the hashes of what it stands on
  local target=$1 dependency input inputs line lines=() text="$1"
  [[ -z ${HASHES[$target]:-} ]] || return 0
  for dependency in $(dependencies_of "$target"); do
    hash_of "$dependency"
    text+=" ${HASHES[$dependency]}"
  done
  inputs=$(inputs_of "$target")
  for line in "${DIGESTS[@]}"; do
    for input in $inputs; do
      if [[ ${line:66} == "$input" || ${line:66} == "$input/"* ]]; then
        lines+=("$line")
      fi
    done
  done
  text+=$(printf '%s\n' "${lines[@]}")$(assembly_of "$target")
  text=$(sha256sum <<< "$text")
  HASHES[$target]=${text:0:12}
}

hash_all() { # once, before subshells ask for names
  local target
  for target in $(all_targets); do
    hash_of "$target"
  done
}

image_of() {
  hash_of "$1"
  echo "labharness/$1:${HASHES[$1]}"
}

context() { # TARGET FILE...: makes a build context from files below docker/, with modes that do not depend on the umask
  local dir=$SCRATCH/$1
  shift
  mkdir -p "$dir"
  (cd "$HERE" && cp -- "$@" "$dir/")
  echo "$dir"
}

# Builds a context folder. What build stages leave behind is found by their label and removed: it has seen the host's settings.
docker_build() { # IMAGE DIR DOCKERFILE [ARG=VALUE...]
  local image=$1 dir=$2 file=$3 argument arguments=()
  shift 3
  for argument in "BUILD_ID=$(basename "$SCRATCH")" "$@"; do
    arguments+=(--build-arg "$argument")
  done
  chmod -R u=rwX,go=rX "$dir"
  docker build --network host --force-rm "${arguments[@]}" --tag "$image" --file "$dir/$file" "$dir"
}

forget_build_stages() { # BUILD_ID
  local deadline=$((SECONDS + 15)) filter=label=org.labharness.build=$1
  # After an interrupt the engine still holds a stage until it has removed the container of the cancelled step.
  while docker image prune --force --filter "$filter" > /dev/null 2>&1 &&
    [[ -n $(docker image ls --all --quiet --filter "$filter") ]] && ((SECONDS < deadline)); do
    sleep 0.2
  done
}

# What builds left behind that were killed before they could clean up; those of today may be under way elsewhere.
forget_stale_build_stages() {
  docker container prune --force --filter label=org.labharness.build --filter until=12h > /dev/null 2>&1 || true
  docker image prune --force --filter label=org.labharness.build --filter until=12h > /dev/null 2>&1 || true
}

recipe_base() { # TARGET IMAGE
  local python=${1#base-} image=$2 pulled
  pulled=$(pulled_image_of "$python")
  if have_image "$pulled" || timeout 60 docker pull --quiet "$pulled"; then
    base_from_pulled "$1" "$image" "$pulled"
  else
    base_from_packages "$1" "$image" "$(suite_of "$python")"
  fi
}

import_base() { # IMAGE < tar
  docker import --change 'ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin' \
    --change 'LABEL org.labharness.image=base' --change 'CMD ["/bin/bash"]' - "$1"
}

base_from_pulled() { # TARGET IMAGE PULLED
  local target=$1 image=$2 dir container step
  step=labharness/step:$(basename "$SCRATCH")-$target
  dir=$(context "$target" base/Dockerfile base/install.sh base/packages.txt base/dpkg-excludes)
  write_host_settings "$dir/host" "$(suite_of "${target#base-}")"
  docker_build "$step" "$dir" Dockerfile "PULLED=$3"
  container=$(docker create "$step" true)
  docker export --output "$SCRATCH/$target.tar" "$container"
  docker rm "$container"
  docker image rm "$step"
  import_base "$image" < "$SCRATCH/$target.tar"
  rm "$SCRATCH/$target.tar"
}

base_from_packages() { # TARGET IMAGE SUITE
  write_host_settings "$SCRATCH/$1/host" "$3"
  "$HERE/base/bootstrap.sh" "$3" "$SCRATCH/$1/host" "$SCRATCH/$1.tar"
  import_base "$2" < "$SCRATCH/$1.tar"
  rm "$SCRATCH/$1.tar"
}

recipe_init() { # TARGET IMAGE
  local dir
  dir=$(context "$1" init/Dockerfile init/compile.sh lab/labinit.c)
  write_host_settings "$dir/host" "$(suite_of py311)"
  docker_build "$2" "$dir" Dockerfile "BASE=$(image_of base-py311)"
}

recipe_uv() { # TARGET IMAGE
  local dir
  dir=$(context "$1" tools/uv.Dockerfile tools/install-uv.sh tools/uv-requirements.txt)
  write_host_settings "$dir/host" "$(suite_of py311)"
  docker_build "$2" "$dir" uv.Dockerfile "BASE=$(image_of base-py311)"
}

recipe_dvc() { # TARGET IMAGE
  local dir
  dir=$(context "$1" tools/dvc.Dockerfile tools/install-venv.sh)
  cp "$HERE/tools/dvc-requirements.txt" "$dir/requirements.txt"
  write_host_settings "$dir/host" "$(suite_of "${1#dvc-}")"
  docker_build "$2" "$dir" dvc.Dockerfile "BASE=$(image_of "base-${1#dvc-}")" "UV=$(image_of uv)"
}

recipe_mlflow() { # TARGET IMAGE
  local dir
  dir=$(context "$1" tracking/mlflow.Dockerfile tools/install-venv.sh)
  cp "$HERE/tracking/mlflow-requirements.txt" "$dir/requirements.txt"
  write_host_settings "$dir/host" "$(suite_of py311)"
  docker_build "$2" "$dir" mlflow.Dockerfile "BASE=$(image_of base-py311)" "UV=$(image_of uv)"
}

recipe_pytest() { # TARGET IMAGE
  local dir
  dir=$(context "$1" custom/pytest.Dockerfile tools/install-venv.sh)
  cp "$HERE/custom/pytest-requirements.txt" "$dir/requirements.txt"
  write_host_settings "$dir/host" "$(suite_of py311)"
  docker_build "$2" "$dir" pytest.Dockerfile "BASE=$(image_of base-py311)" "UV=$(image_of uv)"
}

lab_programs() { # DIR: the programs of the harness that run inside containers, as they lie below /opt
  mkdir -p "$1/opt/lab/lib" "$1/opt/lab/bin" "$1/opt/lab/last"
  (cd "$HERE/lab" && find . -maxdepth 1 -name '*.py' -exec cp {} "$1/opt/lab/lib/" \;)
  install -m 755 "$HERE/lab/stage-shell" "$1/opt/lab/bin/stage-shell"
  cp -r "$HERE/lab/headless" "$1/opt/lab/headless"
}

environment_stand_in() { # DIR: what a stage finds where it looks for a virtual environment that no clone holds
  local program
  install -d "$1/bin"
  install -m 644 "$HERE/lab/environment/activate" "$1/bin/activate"
  install -m 755 "$HERE/lab/environment/program" "$1/bin/program"
  for program in python python3 python3.{8..14} pip pip3 dvc mlflow pytest jupyter ipython papermill kedro prefect zenml metaflow \
    hydra black ruff flake8 isort mypy pylint coverage uvicorn gunicorn streamlit kaggle wandb dagshub optuna evidently cookiecutter; do
    ln -s program "$1/bin/$program"
  done
}

recipe_tools() { # TARGET IMAGE
  local dir tool
  dir=$(context "$1" tools/Dockerfile)
  lab_programs "$dir"
  # Last in the PATH of a student's command, for stages that call these themselves.
  ln -s /opt/dvc/bin/dvc "$dir/opt/lab/last/dvc"
  install -m 755 "$HERE/lab/pip" "$dir/opt/lab/last/pip"
  ln -s pip "$dir/opt/lab/last/pip3"
  install -m 755 "$HERE/lab/run-in-environment" "$dir/opt/lab/last/run-in-environment"
  for tool in uv poetry rye pipenv pdm hatch conda mamba micromamba pixi; do
    ln -s run-in-environment "$dir/opt/lab/last/$tool"
  done
  ln -s run-in-environment "$dir/opt/lab/last/virtualenv"
  environment_stand_in "$dir/opt/lab/environment"
  # Whatever version a command asks for, the environment's Python answers; its own version comes first in PATH.
  for tool in python3.{8..14}; do
    ln -s ../environment/bin/program "$dir/opt/lab/last/$tool"
  done
  docker_build "$2" "$dir" Dockerfile "DVC=$(image_of "dvc-${1#tools-}")" "INIT=$(image_of init)"
}

recipe_tracking() { # TARGET IMAGE
  local dir
  dir=$(context "$1" tracking/Dockerfile)
  lab_programs "$dir"
  (cd "$HERE/tracking" && find . -maxdepth 1 -name '*.py' -exec cp {} "$dir/opt/lab/lib/" \;)
  docker_build "$2" "$dir" Dockerfile "MLFLOW=$(image_of mlflow)" "INIT=$(image_of init)"
}

recipe_custom() { # TARGET IMAGE
  local dir
  dir=$(context "$1" custom/Dockerfile)
  mkdir -p "$dir/opt/lab/lib"
  cp "$HERE"/custom/*.py "$HERE/custom/pytest.ini" "$dir/opt/lab/lib/"
  docker_build "$2" "$dir" Dockerfile "PYTEST=$(image_of pytest)" "INIT=$(image_of init)"
}

# For tests alone, where the machine has no PostgreSQL of its own. Flattened, as a base image is: its build has seen the host's settings.
recipe_postgres() { # TARGET IMAGE
  local dir container step
  step=labharness/step:$(basename "$SCRATCH")-$1
  dir=$(context "$1" postgres/Dockerfile postgres/install.sh postgres/serve.sh)
  write_host_settings "$dir/host" "$(suite_of py311)"
  docker_build "$step" "$dir" Dockerfile "BASE=$(image_of base-py311)"
  container=$(docker create "$step" true)
  docker export --output "$SCRATCH/$1.tar" "$container"
  docker rm "$container"
  docker image rm "$step"
  docker import --change 'ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin' --change 'USER postgres' \
    --change 'LABEL org.labharness.image=postgres' --change 'CMD ["/bin/sh", "/serve.sh"]' - "$2" < "$SCRATCH/$1.tar"
  rm "$SCRATCH/$1.tar"
}
