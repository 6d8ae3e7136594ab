#!/usr/bin/env bash
# An iso-efi-initrd that Secure Boot starts: Debian's shim, which Microsoft signed, and Debian's GRUB and kernel, which shim
# accepts. LinuxKit has no such format: who wants it signs LinuxKit's parts himself.
set -euo pipefail

stage=$1
output=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$stage/iso-efi-signed

# Where this GRUB looks, and how it knows the DVD.
mkdir -p "$tree/boot/grub" "$tree/.disk" "$stage/signed"
echo LinuxKit >"$tree/.disk/info"
cp "$stage/kernel" "$stage/initrd.img" "$tree"
cat >"$tree/boot/grub/grub.cfg" <<END
set timeout=0
set gfxpayload=text
menuentry 'LinuxKit ISO Image' {
    linux /kernel console=ttyS0 text
    initrd /initrd.img
}
END
cp "$stage/packages/usr/lib/shim/shimx64.efi.signed" "$stage/signed/BOOTX64.EFI"
cp "$stage/packages/usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed" "$stage/signed/grubx64.efi"
"$here/../efi-iso.sh" "$stage" "$tree" "$output" "$stage/signed/BOOTX64.EFI" "$stage/signed/grubx64.efi"
