#!/usr/bin/env bash
# iso-efi-initrd: GRUB, kernel and an initial ramdisk that stays the root file system, on an ISO.
set -euo pipefail

stage=$1
output=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$stage/iso-efi-initrd

mkdir -p "$tree/EFI/BOOT"
cp "$stage/kernel" "$stage/initrd.img" "$tree"
cat >"$tree/EFI/BOOT/grub.cfg" <<END
set timeout=0
set gfxpayload=text
menuentry 'LinuxKit ISO Image' {
    linux /kernel console=ttyS0 text
    initrd /initrd.img
}
END
"$here/../efi-iso.sh" "$stage" "$tree" "$output" "$stage/BOOTX64.EFI"
