# Starts one of our programs. Sourced by `ppio` and `poss` with `home` (the checkout), `self` (the script), `program` (the name it was
# started under), `entry` (ppio or poss) and the arguments.

. "$home/launcher/find-jdk.sh"
. "$home/launcher/build.sh"

# Sets `command` to the first argument that is no option.
first_command() {
  command=
  for argument in "$@"; do
    case $argument in
      -*) ;;
      *)
        command=$argument
        return 0
        ;;
    esac
  done
}

# Records what a command loads and stores it in the runtime; later starts take half the time. The command is one that asks a daemon,
# on a port where none is: it gets as far as it can and fails. Two steps, because the one-step form hands the class path to its second
# JVM in a way that breaks on spaces.
train() {
  start_cache=$runtime/start.aot
  nice -n 19 "$jdk/bin/java" -XX:AOTMode=record -XX:AOTConfiguration="$start_cache.config" "$@" list-buckets --rpcport=1
  nice -n 19 "$jdk/bin/java" -XX:AOTMode=create -XX:AOTConfiguration="$start_cache.config" -XX:AOTCache="$start_cache.new" "$@" &&
    mv -f "$start_cache.new" "$start_cache" && rm -rf "$runtime/training" || printf 'failed\n' >"$runtime/training/pid"
  rm -f "$start_cache.config"
}

# Succeeds for the one start that has to train: no cache yet, and nobody at it. A training that was killed is begun again.
has_to_train() {
  mkdir "$runtime/training" 2>/dev/null && return 0
  trainer=
  IFS= read -r trainer 2>/dev/null <"$runtime/training/pid"
  case $trainer in
    '' | failed) return 1 ;;
  esac
  ! kill -0 "$trainer" 2>/dev/null
}

# Prepends the options of every program to its arguments and calls the function named first with all of them.
with_options() {
  then=$1
  shift
  # Where `NativeLibraries` unpacked them; left alone each library would copy itself into the temporary folder at every start.
  set -- "-Djava.library.path=$runtime/natives" "-Dfr.acinq.secp256k1.lib.path=$runtime/natives" -cp "$class_path" "$@"
  while IFS= read -r option || [ -n "$option" ]; do
    case $option in
      '' | '#'*) ;;
      *) set -- "$option" "$@" ;;
    esac
  done <"$home/launcher/jvm.options"
  "$then" "$@"
}

run() {
  if [ -f "$runtime/start.aot" ]; then
    exec "$jdk/bin/java" "-XX:AOTCache=$runtime/start.aot" "$@"
  fi
  exec "$jdk/bin/java" "$@"
}

# `short` commands never live long enough for the optimising compiler; `server` roles share a machine with others of their kind.
short='-XX:TieredStopAtLevel=1 -XX:-UsePerfData'
server='-Xmx512m -XX:MaxDirectMemorySize=512m'

case $entry in
  poss)
    main=io.ppio.api.cli.PossMain
    first_command "$@"
    case $command in start | start-daemon) options=$server ;; *) options=$short ;; esac
    ;;
  *)
    main=io.ppio.api.cli.PpioMain
    options=
    case ${1-} in
      sim)
        main=io.ppio.check.sim.SimMain
        shift
        ;;
      bench)
        main=io.ppio.check.bench.BenchMain
        shift
        ;;
      node) options=$server ;;
    esac
    ;;
esac

# Without a locale Java reads file names and arguments as ASCII and loses every other letter.
case ${LC_ALL:-${LC_CTYPE:-${LANG-}}} in
  '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

find_jdk
ensure_runtime
class_path "$runtime"
if ! [ -f "$runtime/start.aot" ] && has_to_train; then
  with_options train $short io.ppio.api.cli.PossMain </dev/null >/dev/null 2>&1 &
  { printf '%s\n' $! >"$runtime/training/pid"; } 2>/dev/null # a training that failed at once may be over already
fi
# PPIO_JVM_OPTIONS, split at blanks, comes last and so wins.
with_options run $options "-Dppio.program=$program" "-Dppio.home=$home" "-Dppio.launcher=$self" ${PPIO_JVM_OPTIONS-} "$main" "$@"
