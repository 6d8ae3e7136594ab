#!/usr/bin/env bash
# partition.sh LABEL TYPE FILESYSTEM DISK: makes a disk with one partition that holds the file system.
#   LABEL  gpt or dos
#   TYPE   the partition's type
set -euo pipefail

label=$1
type=$2
filesystem=$3
disk=$4
sectors=$(($(stat -c %s "$filesystem") / 512))
bootable=
[ "$label" = gpt ] || bootable=', bootable'

# A MiB before it, and three behind, as LinuxKit does.
rm -f "$disk"
truncate -s $(((sectors * 512) + (4 << 20))) "$disk"
id=4c4b4954-0000-4000-8000-000000000001
[ "$label" = gpt ] || id=0x4c4b4954
/sbin/sfdisk --quiet --no-reread --no-tell-kernel "$disk" <<END
label: $label
label-id: $id
start=2048, size=$sectors, type=$type$bootable$([ "$label" != gpt ] || echo ', uuid=4c4b4954-0000-4000-8000-000000000002, name="EFI System"')
END
dd if="$filesystem" of="$disk" bs=1M seek=1 conv=notrunc,sparse status=none
