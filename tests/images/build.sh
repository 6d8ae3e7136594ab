#!/usr/bin/env bash
# Builds the test images into artifacts/images, or into --output DIR. What is there already
# is left alone, as long as it fits these scripts and the versions of Debian's packages.
set -euo pipefail

usage() {
    echo "usage: tests/images/build.sh [--output DIR]" >&2
    exit 2
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$here/../../artifacts/images
case $# in
    0) ;;
    2) [ "$1" = --output ] || usage; output=$2 ;;
    *) usage ;;
esac

missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need apt-get apt
need cpio cpio
need grub-mkimage grub-common
need mcopy mtools
need objcopy binutils
need qemu-img qemu-utils
need /sbin/sfdisk fdisk
need xorriso xorriso
if [ ${#missing[@]} -gt 0 ]; then
    echo "tests/images/build.sh: these packages are needed: ${missing[*]}" >&2
    exit 1
fi

mkdir -p "$output"
output=$(cd "$output" && pwd)
exec 9>"$output/.lock"
flock 9

# linux-image-amd64 holds no kernel; it depends on the package of the newest one.
kernel=$(apt-cache depends --important linux-image-amd64 | awk '/Depends: linux-image-/ { print $2; exit }') || kernel=
if [ -z "$kernel" ] && [ -e "$output/.stamp" ]; then
    echo "tests/images: apt knows no packages, so the images stay as they are" >&2
    exit 0
fi
packages=(
    "${kernel:?apt knows no linux-image-amd64; run apt-get update}" busybox-static
    grub-efi-amd64-bin grub-efi-amd64-signed isolinux shim-signed syslinux syslinux-common systemd-boot-efi
)

stamp=$(
    cd "$here"
    {
        apt-cache show --no-all-versions "${packages[@]}" | grep -E '^(Package|Version|SHA256):'
        find . -type f ! -name README.md -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    } | sha256sum
)
if [ "$(cat "$output/.stamp" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi
rm -f "$output/.stamp"

# What could differ between two builds is fixed.
export SOURCE_DATE_EPOCH=1767225600 LC_ALL=C TZ=UTC
umask 022

work=$(mktemp -d "$output/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT

"$here/stage.sh" "$work" "${packages[@]}"
"$here/grub.sh" "$work"
"$here/bios-disk.sh" "$work"

# As "linuxkit build" names them; it has one name for both kinds of VHD.
while read -r format image; do
    "$here/formats/$format.sh" "$work" "$work/$image"
    mv "$work/$image" "$output/$image"
    echo "tests/images: made $image"
done <<END
iso-efi linuxkit-efi.iso
iso-efi-initrd linuxkit-efi-initrd.iso
iso-efi-signed linuxkit-signed-efi.iso
iso-bios linuxkit.iso
raw-bios linuxkit-bios.img
raw-efi linuxkit-efi.img
aws linuxkit.raw
gcp linuxkit.img.tar.gz
qcow2-efi linuxkit-efi.qcow2
qcow2-bios linuxkit.qcow2
vhd linuxkit.vhd
dynamic-vhd linuxkit-dynamic.vhd
vmdk linuxkit.vmdk
END
echo "$stamp" >"$output/.stamp"
