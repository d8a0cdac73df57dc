# Finds the JDK and the Maven that the launchers use. Sourced; needs `program` for its messages.
#
# A JDK is recognised by its `release` file: asking each `java -version` would cost more than the whole start.

say() {
  printf '%s\n' "$program: $*" >&2
}

is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r release_line || [ -n "$release_line" ]; do
    case $release_line in
      'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

# Sets `jdk` to the first JDK 25 among the given folders.
first_jdk_25() {
  for candidate in "$@"; do
    if is_jdk_25 "$candidate"; then
      jdk=$candidate
      return 0
    fi
  done
  return 1
}

# The JDK that the `java` on PATH belongs to, behind its links.
jdk_of_path() {
  java_on_path=$(command -v java) || return 1
  while [ -L "$java_on_path" ]; do
    target=$(readlink "$java_on_path") || return 1
    case $target in
      /*) java_on_path=$target ;;
      *) java_on_path=${java_on_path%/*}/$target ;;
    esac
  done
  first_jdk_25 "${java_on_path%/bin/java}"
}

search_usual_folders() {
  if [ -n "${PPIO_JAVA_DIRS-}" ]; then # folders of JDKs to search instead, separated by colons
    rest=$PPIO_JAVA_DIRS:
    while [ -n "$rest" ]; do
      first_jdk_25 "${rest%%:*}"/* && return 0
      rest=${rest#*:}
    done
    return 1
  fi
  user=${HOME:-/nonexistent}
  first_jdk_25 /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/*jdk* /opt/*jdk* /opt/java/* /opt/jvm/* \
    "$user"/.sdkman/candidates/java/* "$user"/.jdks/* "$user"/.asdf/installs/java/* "$user"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$user"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home ||
    jdk_of_path
}

# Sets `jdk`, or says what to install and ends with status 2.
find_jdk() {
  if [ -n "${PPIO_JAVA_HOME-}" ]; then
    first_jdk_25 "$PPIO_JAVA_HOME" && return 0
    say "PPIO_JAVA_HOME is $PPIO_JAVA_HOME, which is not a JDK 25"
    exit 2
  fi
  if [ -n "${JAVA_HOME-}" ] && first_jdk_25 "$JAVA_HOME"; then
    return 0
  fi
  search_usual_folders && return 0
  say "a JDK 25 is needed: install one, for instance the package openjdk-25-jdk or temurin-25-jdk, or name its folder in PPIO_JAVA_HOME"
  exit 2
}

# Sets `mvn`, or says what to install and ends with status 2.
find_maven() {
  mvn=$(command -v "${PPIO_MVN:-mvn}") && return 0
  if [ -n "${PPIO_MVN-}" ]; then
    say "PPIO_MVN is $PPIO_MVN, which is not a command"
  else
    say "Maven 3.8 or later is needed to build: install it, for instance the package maven, or name the command in PPIO_MVN"
  fi
  exit 2
}

# Runs Maven on the JDK found, without the warnings that its own libraries cause there, and with the JDK's compiler open to the checker.
run_maven() {
  options='-Xmx1500m --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'
  for part in api file main model parser processing tree util; do
    options="$options --add-exports=jdk.compiler/com.sun.tools.javac.$part=ALL-UNNAMED"
  done
  for part in code comp; do
    options="$options --add-opens=jdk.compiler/com.sun.tools.javac.$part=ALL-UNNAMED"
  done
  PPIO_ONE_JVM=yes JAVA_HOME=$jdk MAVEN_OPTS="$options ${MAVEN_OPTS-}" "$mvn" "$@"
}
