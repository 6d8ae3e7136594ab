#!/usr/bin/env bash
# vhd: a disk for a BIOS as a fixed VHD.
set -euo pipefail
qemu-img convert -f raw -O vpc -o subformat=fixed,force_size "$1/bios-disk.img" "$2"
