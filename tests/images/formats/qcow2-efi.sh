#!/usr/bin/env bash
# qcow2-efi: a disk that UEFI starts, with GRUB, as a qcow2.
set -euo pipefail

stage=$1
output=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
filesystem=$stage/qcow2-efi.fat

cat >"$stage/grub.cfg" <<END
set timeout=0
set gfxpayload=text
menuentry 'LinuxKit ISO Image' {
    linux /kernel console=ttyS0 text
    initrd /initrd.img
}
END
"$here/../fat.sh" "$filesystem" "$stage/kernel" "$stage/initrd.img" "$stage/BOOTX64.EFI"
mmd -i "$filesystem" ::/EFI ::/EFI/BOOT
mcopy -i "$filesystem" "$stage/BOOTX64.EFI" "$stage/grub.cfg" ::/EFI/BOOT
mcopy -i "$filesystem" "$stage/kernel" "$stage/initrd.img" ::
"$here/../partition.sh" gpt U "$filesystem" "$stage/qcow2-efi.img"
qemu-img convert -f raw -O qcow2 "$stage/qcow2-efi.img" "$output"
