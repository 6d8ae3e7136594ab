#!/usr/bin/env bash
# bios-disk.sh STAGE: makes STAGE/bios-disk.img, which a BIOS starts: SYSLINUX on FAT, as LinuxKit's raw-bios has it. LinuxKit
# has ext4 and EXTLINUX on its other disks for a BIOS; to install that takes a mounted file system, and so an administrator.
set -euo pipefail

stage=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
filesystem=$stage/bios.fat
disk=$stage/bios-disk.img

cat >"$stage/syslinux.cfg" <<END
DEFAULT linux
LABEL linux
    KERNEL /kernel
    INITRD /initrd.img
    APPEND console=ttyS0
END
"$here/fat.sh" "$filesystem" "$stage/kernel" "$stage/initrd.img"
mcopy -i "$filesystem" "$stage/syslinux.cfg" "$stage/kernel" "$stage/initrd.img" ::
"$stage/packages/usr/bin/syslinux" --install "$filesystem"
"$here/partition.sh" dos c "$filesystem" "$disk"
dd if="$stage/packages/usr/lib/SYSLINUX/mbr.bin" of="$disk" bs=440 count=1 conv=notrunc status=none
