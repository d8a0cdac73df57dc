# Keeps the folder that the programs run from up to date. Sourced; needs `home`, `program` and find-jdk.sh.
#
#   <state>/current          name of the runtime to use, replaced by a rename
#   <state>/runtime-*/       lib/*.jar, natives/, stamp (as old as the sources it was built from), start.aot (see launch.sh)
#   <state>/work.*/          a build in progress: copies of the sources, so that it never meets a Maven run in the checkout
#   <state>/lock, build.log
#
# <state> is .ppio in the checkout, or a cache folder of the user where that is out of date and cannot be written. A runtime is never changed
# once it is named in `current`, because programs that run from it open its jars late.

# Sets `state`.
choose_state() {
  state=$home/.ppio
  runtime_is_current && return 0
  if [ -d "$state" ]; then
    [ -w "$state" ] && return 0
  elif [ -w "$home" ]; then
    return 0
  fi
  key=$(printf '%s' "$home" | cksum)
  state=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/ppio/${home##*/}-${key%% *}
}

# Sets `runtime` and succeeds where a runtime exists that is newer than every source. Runs at every start: one `find`, a few ms.
runtime_is_current() {
  [ -r "$state/current" ] && IFS= read -r name <"$state/current" || return 1
  runtime=$state/$name
  [ -f "$runtime/stamp" ] || return 1
  [ -z "$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/*/pom.xml "$home"/*/src/main "$home"/*/*/src/main "$home/launcher/build.sh" \
    -newer "$runtime/stamp" -print 2>/dev/null)" ]
}

# Sets `runtime`, building it first where needed; two starts at once build once.
ensure_runtime() {
  choose_state
  runtime_is_current && return 0
  find_maven
  if ! mkdir -p "$state" 2>/dev/null || ! [ -w "$state" ]; then
    say "cannot build: neither $home nor $state can be written"
    exit 2
  fi
  if command -v flock >/dev/null; then
    build_under_flock
  else
    build_under_folder_lock
  fi || exit 1
  runtime_is_current && return 0
  [ -f "${runtime:-/nonexistent}/stamp" ] || exit 1 # sources that changed meanwhile are for the next start
}

# Maven inherits descriptor 9 on purpose: where this shell is killed the lock holds until Maven has ended.
build_under_flock() {
  (
    flock -n 9 || {
      say "waiting for another start that is building"
      flock 9
    }
    runtime_is_current || build_runtime
  ) 9>"$state/lock"
}

build_under_folder_lock() {
  waiting=
  until mkdir "$state/lock.d" 2>/dev/null; do
    owner=
    IFS= read -r owner 2>/dev/null <"$state/lock.d/pid"
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$state/lock.d"
      continue
    fi
    [ -n "$waiting" ] || say "waiting for another start that is building"
    waiting=yes
    sleep 1
  done
  printf '%s\n' $$ >"$state/lock.d/pid"
  runtime_is_current || build_runtime
  built=$?
  rm -rf "$state/lock.d"
  return $built
}

build_runtime() {
  began=$(date +%s)
  log=$state/build.log
  work=$state/work.$$
  if [ -f "$state/current" ]; then
    say "the sources have changed: building (log: $log)"
  else
    say "first start: building, which takes about a minute (log: $log)"
  fi
  rm -rf "$state"/work.*
  mkdir -p "$work/runtime/lib" && : >"$work/runtime/stamp" && copy_sources >"$log" 2>&1 && package >>"$log" 2>&1 || {
    say "the build failed, see $log"
    sed -n 's/^\[ERROR\] \(..*\)$/  \1/p' "$log" | head -n 3 >&2
    return 1
  }
  publish || {
    say "cannot write to $state"
    return 1
  }
  say "built in $(($(date +%s) - began)) s"
}

# Without the tests: whoever only wants to run the program should not wait for them to compile.
copy_sources() {
  mkdir "$work/sources" && cp -p "$home/pom.xml" "$work/sources/" || return 1
  for pom in "$home"/*/pom.xml "$home"/*/*/pom.xml; do
    [ -f "$pom" ] || continue
    module=${pom%/pom.xml}
    copy=$work/sources/${module#"$home"/}
    mkdir -p "$copy/src" && cp -p "$pom" "$copy/" || return 1
    ! [ -d "$module/src/main" ] || cp -Rp "$module/src/main" "$copy/src/" || return 1
  done
}

# `bench` is the last module that runs: its `ppio.runtime` profile gathers the jars of all.
package() {
  run_maven -B -f "$work/sources/pom.xml" -pl check/bench -am -DskipTests -Dspotless.check.skip=true \
    "-Dppio.runtime=$work/runtime/lib" package </dev/null || return 1
  class_path "$work/runtime"
  "$jdk/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$class_path" \
    io.ppio.env.real.NativeLibraries "$work/runtime/natives" </dev/null
}

# Sets `class_path` to the jars of the runtime given, always in the same order: the start cache asks for that.
class_path() {
  class_path=
  for jar in "$1"/lib/*.jar; do
    class_path=$class_path${class_path:+:}$jar
  done
}

publish() {
  previous=
  [ -r "$state/current" ] && IFS= read -r previous <"$state/current"
  name=runtime-$(date +%Y%m%d%H%M%S)-$$
  mv "$work/runtime" "$state/$name" && printf '%s\n' "$name" >"$state/current.$$" && mv -f "$state/current.$$" "$state/current" || return 1
  rm -rf "$work"
  running=$(ps -A -o args= 2>/dev/null) || return 0
  for old in "$state"/runtime-*; do
    case $old in "$state/$name" | "$state/$previous") continue ;; esac
    case $running in *"$old"*) continue ;; esac
    rm -rf "$old"
  done
}
