#!/bin/sh
# The program in the image: a node (up), the training run of the ahead-of-time cache (train), or an operator command.
set -eu
home=/opt/guildhall
class_path=
for jar in "$home"/lib/*.jar; do class_path="$class_path${class_path:+:}$jar"; done
if [ "${1:-up}" = train ]; then cache="-XX:AOTCacheOutput=$home/cache/guildhall.aot"; else cache="-XX:AOTCache=$home/cache/guildhall.aot"; fi
# shellcheck disable=SC2086
exec java --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xms230m -Xmn160m \
  -XX:MaxRAMPercentage=50 -Xss512k -XX:MetaspaceSize=96m -XX:MaxMetaspaceSize=192m -Djava.awt.headless=true "$cache" \
  ${GUILDHALL_JAVA_OPTIONS:-} -cp "$class_path" io.guildhall.Main "$@"
