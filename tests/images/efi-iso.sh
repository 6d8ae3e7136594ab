#!/usr/bin/env bash
# efi-iso.sh STAGE TREE ISO LOADER...: makes an ISO of the tree that UEFI firmware starts: its El Torito image is a FAT
# file system that holds the boot loader, and the boot loader reads its configuration from the ISO.
set -euo pipefail

stage=$1
tree=$2
iso=$3
shift 3

# 256 KiB more than the loader, in whole 32 KiB.
sectors=$(( ($(cat "$@" | wc -c) / 1024 + 256 + 31) / 32 * 64 ))
mformat -C -i "$tree/boot.img" -T "$sectors" -h 16 -s 63 -N 4c4b4954 ::
mmd -i "$tree/boot.img" ::/EFI ::/EFI/BOOT
mcopy -i "$tree/boot.img" "$@" ::/EFI/BOOT

# Left alone, xorriso orders the files' contents by inode number.
order=$stage/${tree##*/}.order
(cd "$tree" && find . -type f -printf '%P\n' | sort | awk '{ print -NR " /" $0 }') >"$order"

find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
xorriso -report_about WARNING -as mkisofs -quiet -R -uid 0 -gid 0 --sort-weight-list "$order" \
    -e boot.img -hide boot.img -hide boot.catalog -no-emul-boot -o "$iso" "$tree" 2>&1 | sed '/^xorriso .*libburnia project/d; /^$/d'
