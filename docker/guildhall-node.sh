#!/bin/sh
# The program in the image: a node (up), the training run of the ahead-of-time cache (train), or an operator command.
set -eu
home=/opt/guildhall
# shellcheck source=docker/heap-options.sh
. "$home/heap-options.sh"
class_path=
for jar in "$home"/lib/*.jar; do class_path="$class_path${class_path:+:}$jar"; done
if [ "${1:-up}" = train ]; then cache="-XX:AOTCacheOutput=$home/cache/guildhall.aot"; else cache="-XX:AOTCache=$home/cache/guildhall.aot"; fi
case " ${GUILDHALL_JAVA_OPTIONS:-} " in
  *" -XX:+Use"*"GC "*) collector= ;;
  *) collector=-XX:+UseSerialGC ;;
esac
# Half of the container's memory.
# shellcheck disable=SC2046,SC2086
exec java --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $collector \
  -Xss512k -XX:MetaspaceSize=96m -XX:MaxMetaspaceSize=192m -Djava.awt.headless=true "$cache" \
  ${GUILDHALL_JAVA_OPTIONS:-} $(heap_options $(($(memory_mb) / 2))) -cp "$class_path" io.guildhall.Main "$@"
