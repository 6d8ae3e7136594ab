#!/usr/bin/env bash
# iso-bios: ISOLINUX, kernel and the root file system itself, on an ISO that starts from a disk too.
set -euo pipefail

stage=$1
output=$2
tree=$stage/iso-bios
syslinux=$stage/packages/usr/lib

cp -R "$stage/root" "$tree"
mkdir -p "$tree/isolinux" "$tree/boot"
cp "$stage/kernel" "$stage/initrd.img" "$tree/boot"
cp "$syslinux/ISOLINUX/isolinux.bin" "$syslinux/syslinux/modules/bios/ldlinux.c32" "$tree/isolinux"
cat >"$tree/isolinux/isolinux.cfg" <<END
DEFAULT linux
LABEL linux
    KERNEL /boot/kernel
    INITRD /boot/initrd.img
    APPEND console=ttyS0 root=/dev/sr0
END

order=$stage/iso-bios.order
(cd "$tree" && find . -type f -printf '%P\n' | sort | awk '{ print -NR " /" $0 }') >"$order"
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
xorriso -report_about WARNING -as mkisofs -quiet -l -J -joliet-long -R -uid 0 -gid 0 -V LinuxKit --sort-weight-list "$order" \
    -c isolinux/boot.cat -b isolinux/isolinux.bin -no-emul-boot -boot-load-size 4 -boot-info-table \
    -isohybrid-mbr "$syslinux/ISOLINUX/isohdpfx.bin" -o "$output" "$tree" 2>&1 | sed '/^xorriso .*libburnia project/d; /^$/d'
