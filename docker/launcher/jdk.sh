# shellcheck shell=bash
# Finds the newest JDK, whatever the machine's default is.

OLDEST_JDK=21

jdk_homes() { # prints every folder that may be a JDK, the owner's choice first
  local java path home
  echo "${JAVA_HOME:-}"
  while IFS= read -r java; do
    path=$(readlink -f "$java")
    echo "${path%/bin/java}"
  done < <(type -ap java || true)
  for home in /usr/lib/jvm/* /opt/* /opt/*/* /usr/java/* /usr/local/* /usr/local/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/*; do
    echo "$home"
  done
}

jdk_version() { # HOME: sets VERSION and VERSION_NUMBER (comparable), fails where HOME is no JDK
  local line
  VERSION=
  [[ -n $1 && -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line; do
    [[ $line == JAVA_VERSION=* ]] && VERSION=${line#JAVA_VERSION=} && VERSION=${VERSION//\"/}
  done < "$1/release"
  [[ $VERSION =~ ^([0-9]+)(\.([0-9]+))?(\.([0-9]+))? ]] || return 1
  VERSION_NUMBER=$((BASH_REMATCH[1] * 1000000 + ${BASH_REMATCH[3]:-0} * 1000 + ${BASH_REMATCH[5]:-0}))
}

find_jdk() { # sets JDK and JDK_VERSION to the newest JDK, fails where none is new enough
  local home newest=0
  JDK='' JDK_VERSION=''
  while IFS= read -r home; do
    if jdk_version "$home" && ((VERSION_NUMBER > newest)); then
      newest=$VERSION_NUMBER JDK=$home JDK_VERSION=$VERSION
    fi
  done < <(jdk_homes)
  ((newest >= OLDEST_JDK * 1000000))
}

no_jdk() {
  local found="none was found"
  [[ -z $JDK ]] || found="the newest found is $JDK_VERSION in $JDK"
  echo "A JDK $OLDEST_JDK or newer is needed; $found."
}

need_jdk() {
  find_jdk || die 4 "$(no_jdk) Run ./lab setup, or unpack one below /opt or /usr/lib/jvm, or set JAVA_HOME."
}
