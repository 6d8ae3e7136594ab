#!/usr/bin/env bash
# qcow2-bios: a disk for a BIOS as a qcow2.
set -euo pipefail
qemu-img convert -f raw -O qcow2 "$1/bios-disk.img" "$2"
