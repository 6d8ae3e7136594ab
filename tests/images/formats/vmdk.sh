#!/usr/bin/env bash
# vmdk: a disk for a BIOS as a compressed VMDK.
set -euo pipefail
qemu-img convert -f raw -O vmdk -o adapter_type=lsilogic,subformat=streamOptimized,compat6 "$1/bios-disk.img" "$2"
