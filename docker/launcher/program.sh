# shellcheck shell=bash
# Builds the program when its sources changed, and makes the command that starts it.

# shellcheck source=docker/inputs.sh
. "$LAB_ROOT/docker/inputs.sh"

SOURCES=(pom.xml lab-templates/pom.xml pipeline-runner/probes/pom.xml pipeline-runner/pom.xml autograder/pom.xml
  lab-templates/src/main pipeline-runner/probes/src/main pipeline-runner/src/main autograder/src/main)

# Sets APP to the folder of the program that belongs to the sources as they are now.
find_app() {
  local stamp
  stamp=$(cd "$LAB_ROOT" && { find "${SOURCES[@]}" -type f -printf '%p %s %T@\n' 2> /dev/null || true; } | sort | cksum)
  APP=$LAB_HOME/app/${stamp// /-}
}

build_program() {
  need_jdk
  find_app
  [[ -e $APP/ready ]] && return
  mkdir -p "$LAB_HOME/app"
  exec 8> "$LAB_HOME/app/lock"
  flock --nonblock 8 || { say "Another ./lab builds the program; waiting for it ..." && flock 8; }
  find_app
  if [[ ! -e $APP/ready ]]; then
    find_maven || die 4 "Maven 3.8.6 or newer is needed to build the program, and the wrapper could not fetch one. Run ./lab setup."
    step "Building the program" run_maven -q -Dquick -DskipTests -pl autograder -am package || exit 4
    keep_app
  fi
  exec 8>&-
}

# A copy of its own: a running program is not disturbed when Maven writes its jars again.
keep_app() {
  local new
  forget_old_apps
  new=$(mktemp -d "$LAB_HOME/app/new.XXXXXX")
  cp "$LAB_ROOT"/autograder/target/app/*.jar "$new/"
  # What runs inside containers: the program makes a runtime for it when it is first needed.
  mkdir "$new/probes"
  cp "$LAB_ROOT"/pipeline-runner/probes/target/app/*.jar "$new/probes/"
  unsign "$new"/org.eclipse.jgit*.jar
  rm -rf "$APP"
  mv "$new" "$APP"
  java_command
  if [[ -n ${AOT:-} ]]; then
    step "Preparing fast starts" make_aot || say "The program will start a little slower."
  fi
  : > "$APP/ready"
}

# Classes of a signed jar never get into the start cache, and their signature is checked at every start: half a second.
unsign() { # JAR...
  local jar files
  for jar in "$@"; do
    [[ -e $jar ]] || continue
    files=$(mktemp -d "$LAB_HOME/app/unsigned.XXXXXX")
    (cd "$files" && "$JDK/bin/jar" xf "$jar" && rm -f META-INF/*.SF META-INF/*.RSA && "$JDK/bin/jar" cfM "$jar" .)
    rm -rf "$files"
  done
}

forget_old_apps() {
  find "$LAB_HOME/app" -mindepth 1 -maxdepth 1 -type d -mmin +60 -exec rm -rf {} +
}

# Commands about a course start no container and ask the database.
asks_database() { # COMMAND
  [[ $1 == @(collect|roster|gradebook|challenge|mark|override|regrade|release|backup|restore|gc|forget|token|status) ]]
}

# Sets JAVA to the words that start the program, without the class to run. What a cache holds is loaded at the start, needed or not:
# a command that grades nothing takes the small one.
java_command() { # [COMMAND]
  local jar major=${JDK_VERSION%%[.+-]*} classpath=
  JAVA=("$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m --enable-native-access=ALL-UNNAMED
    -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
    -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=error:stderr) # stdout belongs to --json
  ((major < 23)) || JAVA+=(--sun-misc-unsafe-memory-access=allow)
  for jar in "$APP"/*.jar; do
    classpath+=:$jar
  done
  AOT=
  if ((major >= 25)); then
    AOT=$APP/$(printf '%s ' "$(< "$JDK/release")" "${JAVA[@]}" | cksum | tr ' ' '-')
    if [[ -e $AOT.course.aot ]] && asks_database "${1:-}"; then
      JAVA+=("-XX:AOTCache=$AOT.course.aot" -XX:AOTMode=auto)
    elif [[ -e $AOT.graded.aot && ${1:-} != inspect ]]; then
      JAVA+=("-XX:AOTCache=$AOT.graded.aot" -XX:AOTMode=auto)
    elif [[ -e $AOT.aot ]]; then
      JAVA+=("-XX:AOTCache=$AOT.aot" -XX:AOTMode=auto)
    fi
  fi
  [[ ${1:-} != serve ]] || JAVA+=(-Xmx512m) # many pushes at once
  network_flags
  JAVA+=("${NETWORK[@]}" -cp "${classpath#:}")
}

# Trains on what every command does first. The cache appears under its name only when it is whole.
make_aot() {
  in_training train_on_repository training "$AOT.aot" inspect
}

# Where gradings can run, one of a tiny repository trains on what they do; once for each program.
train_on_grading() {
  [[ -n ${AOT:-} && -e $LAB_HOME/images.properties && ! -e $AOT.graded.aot && ! -e $AOT.untrainable ]] || return 0
  step "Preparing fast gradings" in_training train_on_repository training-run "$AOT.graded.aot" grade || : > "$AOT.untrainable"
  java_command
}

# The gradebook of a tiny course trains on what commands do that ask the database; once for each program.
train_on_course() { # COMMAND
  [[ -n ${AOT:-} && ! -e $AOT.course.aot && ! -e $AOT.courseless ]] || return 0
  step "Preparing fast courses" in_training train_on_gradebook "$AOT.course.aot" || : > "$AOT.courseless"
  java_command "$1"
}

# Runs a training in a folder of its own, which is its first argument. What one that was killed left goes with the next.
in_training() { # TRAINING ARGUMENT...
  local folder status=0
  find "$LAB_HOME/app" -maxdepth 1 -name 'training.*' -mmin +60 -exec rm -rf {} +
  folder=$(mktemp -d "$LAB_HOME/app/training.XXXXXX")
  ("$1" "$folder" "${@:2}") || status=$?
  rm -rf "$folder"
  return "$status"
}

train_on_repository() { # FOLDER SAMPLE CACHE COMMAND
  local repository=$1/repository
  mkdir "$repository"
  cp -r "$LAB_ROOT/docker/launcher/$2/." "$repository/"
  git -C "$repository" init -q
  git -C "$repository" add -A
  git -C "$repository" -c user.name=lab -c user.email=lab@localhost -c commit.gpgsign=false commit -q -m "A tiny pipeline"
  train "$1" "$3" "$4" "$repository"
}

train_on_gradebook() { # FOLDER CACHE
  local course=$1/course main=org.labharness.autograder.cli.Main home=$1/home
  cp -r "$LAB_ROOT/docker/launcher/training-course" "$course"
  mkdir "$home"
  export LAB_HOME=$home
  "${JAVA[@]}" "$main" roster --course "$course/course.yaml" "$course/roster.csv" --apply
  "${JAVA[@]}" "$main" mark viva --course "$course/course.yaml" --student s01 explain=3 defend=2.5 --by trainer
  train "$1" "$2" gradebook --course "$course/course.yaml" --html "$1/pages" --csv "$1/grades.csv"
}

# What the training run itself thinks of its work does not matter, only that it leaves a cache, and within two minutes: nobody waits
# longer for a start that is faster, where packages do not come, say.
train() { # FOLDER CACHE ARGUMENT...
  local java=() flag
  for flag in "${JAVA[@]:1}"; do
    [[ $flag == -XX:AOT* ]] || java+=("$flag")
  done
  timeout --foreground -k 10 120 "${JAVA[0]}" "-XX:AOTCacheOutput=$1/cache.aot" "${java[@]}" org.labharness.autograder.cli.Main "${@:3}" || true
  mv "$1/cache.aot" "$2"
}

# Sets MAVEN: the one on PATH when it is new enough, else the wrapper's, which is fetched unless it is here already.
find_maven() {
  if maven_on_path; then
    MAVEN=mvn
    return
  fi
  MAVEN=$LAB_ROOT/mvnw
  wrapper_has_maven || say "Fetching Maven ..."
  JAVA_HOME=$JDK timeout 180 "$MAVEN" -v > /dev/null 2>&1
}

wrapper_has_maven() {
  compgen -G "${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists/apache-maven-*/*/bin/mvn" > /dev/null
}

maven_on_path() {
  local version
  command -v mvn > /dev/null || return 1
  version=$(JAVA_HOME=$JDK mvn -v 2> /dev/null | sed -nE 's/.*Apache Maven ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')
  [[ -n $version && $(printf '%s\n' 3.8.6 "$version" | sort -V | head -n 1) == 3.8.6 ]]
}

run_maven() {
  network_flags
  (cd "$LAB_ROOT" && JAVA_HOME=$JDK MAVEN_OPTS="${MAVEN_OPTS:-} ${NETWORK[*]}" exec ${POLITELY:-} "$MAVEN" --batch-mode --no-transfer-progress -f "$LAB_ROOT/pom.xml" "$@")
}

# Where images are in use that were made from something else, what differs is built before the program starts. That is seen by what the
# files hold, not by their age: another version of the program, unpacked beside this one, may be older and use the same state folder.
refresh_images() { # COMMAND ARGUMENT...
  local properties=$LAB_HOME/images.properties
  [[ -e $properties && $1 != inspect && " $* " != *" --help "* && " $* " != *" -h "* ]] || return 0
  ! grep -qxF "$(image_inputs "$LAB_ROOT/docker")" "$properties" || return 0
  if command -v docker > /dev/null && docker version --format . > /dev/null 2>&1; then
    "$LAB_ROOT/docker/images.sh" build >&2 || exit 4
  fi
}
