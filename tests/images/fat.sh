#!/usr/bin/env bash
# fat.sh FILESYSTEM FILE...: makes a FAT file system with 8 MiB more than the files take, in whole MiB.
set -euo pipefail

filesystem=$1
shift
mib=$(($(cat "$@" | wc -c) / 1048576 + 8))
rm -f "$filesystem"
truncate -s ${mib}M "$filesystem"
mformat -i "$filesystem" -T $((mib * 2048)) -h 16 -s 63 -H 2048 -N 4c4b4954 ::
