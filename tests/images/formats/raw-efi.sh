#!/usr/bin/env bash
# raw-efi: a disk that UEFI starts: systemd-boot, and kernel, initial ramdisk and command line in one file.
set -euo pipefail

stage=$1
output=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
systemd=$stage/packages/usr/lib/systemd/boot/efi
filesystem=$stage/raw-efi.fat

printf 'console=ttyS0 text' >"$stage/cmdline"
printf 'NAME="LinuxKit"\n' >"$stage/os-release"
printf 'timeout 0\n' >"$stage/loader.conf"
cp "$systemd/systemd-bootx64.efi" "$stage/systemd-boot.efi"

# Where the sections go in memory: far enough apart, the largest last.
objcopy \
    --add-section .osrel="$stage/os-release" --change-section-vma .osrel=0x20000 \
    --add-section .cmdline="$stage/cmdline" --change-section-vma .cmdline=0x30000 \
    --add-section .linux="$stage/kernel" --change-section-vma .linux=0x2000000 \
    --add-section .initrd="$stage/initrd.img" --change-section-vma .initrd=0x4000000 \
    "$systemd/linuxx64.efi.stub" "$stage/linuxkit.efi"

# objcopy writes the time of day into the header, and a checksum of all, which UEFI leaves alone.
header=$(od -An -tu4 -j60 -N4 "$stage/linuxkit.efi")
for place in 8 88; do
    head -c4 /dev/zero | dd of="$stage/linuxkit.efi" bs=1 seek=$((header + place)) conv=notrunc status=none
done

"$here/../fat.sh" "$filesystem" "$stage/linuxkit.efi" "$stage/systemd-boot.efi"
mmd -i "$filesystem" ::/EFI ::/EFI/BOOT ::/EFI/Linux ::/loader
mcopy -i "$filesystem" "$stage/systemd-boot.efi" ::/EFI/BOOT/BOOTX64.EFI
mcopy -i "$filesystem" "$stage/linuxkit.efi" ::/EFI/Linux
mcopy -i "$filesystem" "$stage/loader.conf" ::/loader
"$here/../partition.sh" gpt U "$filesystem" "$output"
