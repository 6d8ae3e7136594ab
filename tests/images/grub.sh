#!/usr/bin/env bash
# grub.sh STAGE: makes STAGE/BOOTX64.EFI, a GRUB that reads EFI/BOOT/grub.cfg where it finds it, as LinuxKit's does.
set -euo pipefail

stage=$1
modules=(acpi boot cpio crypto disk efi_gop ext2 fat gzio iso9660 linux normal part_gpt search_fs_uuid video)

grub-mkimage --directory="$stage/packages/usr/lib/grub/x86_64-efi" --format=x86_64-efi \
    --prefix=/EFI/BOOT --output="$stage/BOOTX64.EFI" "${modules[@]}"
