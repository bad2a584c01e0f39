# shellcheck shell=sh
# The heap of a node, for the launcher and the image. The options stand behind GUILDHALL_JAVA_OPTIONS and replace the sizes given there with
# sizes that fit together: with a heap of 230 MB and new objects of 400 MB, a JVM with an ahead-of-time cache does not start.

# The memory of the machine in MB, or of the container if that is less.
memory_mb() {
  bytes=0
  if [ -r /proc/meminfo ]; then bytes=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' /proc/meminfo) * 1024))
  else bytes="$(sysctl -n hw.memsize 2>/dev/null || echo 0)"; fi
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    limit="$(cat "$file" 2>/dev/null || true)"
    case "$limit" in '' | *[!0-9]*) continue ;; esac
    if [ "$limit" -lt "$bytes" ]; then bytes="$limit"; fi
  done
  echo $((bytes / 1048576))
}

# The MB that GUILDHALL_JAVA_OPTIONS give the last of these options, or nothing.
given_mb() {
  given=""
  for option in ${GUILDHALL_JAVA_OPTIONS:-}; do
    for name in "$@"; do
      case "$option" in "$name"[0-9]*) given="${option#"$name"}" ;; esac
    done
  done
  number="${given%[kKmMgG]}"
  case "$number" in '' | *[!0-9]*) return ;; esac
  case "$given" in
    *[gG]) echo $((number * 1024)) ;;
    *[mM]) echo "$number" ;;
    *[kK]) echo $((number / 1024)) ;;
    *) echo $((number / 1048576)) ;;
  esac
}

# The largest heap in MB: the one given, or this one. A given size of its parts makes it larger.
max_heap_mb() {
  max="$(given_mb -Xmx -XX:MaxHeapSize=)"
  if [ -z "$max" ]; then
    max="$1"
    initial="$(given_mb -Xms -XX:InitialHeapSize= -XX:MinHeapSize=)"
    young="$(given_mb -Xmn -XX:NewSize= -XX:MaxNewSize=)"
    if [ "${initial:-0}" -gt "$max" ]; then max="$initial"; fi
    if [ "$((${young:-0} + 70))" -gt "$max" ]; then max=$((young + 70)); fi
  fi
  echo "$max"
}

# The options for a heap of at most this many MB, unless others are given. It is small at the start. New objects get the same in
# each: the pause of a collection grows with what is alive among them. The other objects need 70 MB at the start.
heap_options() {
  max="$(max_heap_mb "$1")"
  young="$(given_mb -Xmn -XX:NewSize= -XX:MaxNewSize=)"
  young="${young:-160}"
  limit=$((max - 70))
  if [ "$limit" -lt $((max * 7 / 8)) ]; then limit=$((max * 7 / 8)); fi
  if [ "$young" -gt "$limit" ]; then young="$limit"; fi
  initial="$(given_mb -Xms -XX:InitialHeapSize= -XX:MinHeapSize=)"
  if [ "${initial:-0}" -lt $((young + 70)) ]; then initial=$((young + 70)); fi
  if [ "$initial" -gt "$max" ]; then initial="$max"; fi
  echo "-Xms${initial}m -Xmn${young}m -Xmx${max}m"
}
