#!/usr/bin/env bash
# dynamic-vhd: a disk for a BIOS as a dynamic VHD.
set -euo pipefail
qemu-img convert -f raw -O vpc -o subformat=dynamic "$1/bios-disk.img" "$2"
