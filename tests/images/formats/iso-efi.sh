#!/usr/bin/env bash
# iso-efi: GRUB, kernel and the root file system itself, on an ISO.
set -euo pipefail

stage=$1
output=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$stage/iso-efi

cp -R "$stage/root" "$tree"
mkdir -p "$tree/EFI/BOOT" "$tree/boot"
cp "$stage/kernel" "$stage/initrd.img" "$tree/boot"
cat >"$tree/EFI/BOOT/grub.cfg" <<END
set timeout=0
set gfxpayload=text
menuentry 'LinuxKit ISO Image' {
    linux /boot/kernel console=ttyS0 root=/dev/sr0 text
    initrd /boot/initrd.img
}
END
"$here/../efi-iso.sh" "$stage" "$tree" "$output" "$stage/BOOTX64.EFI"
