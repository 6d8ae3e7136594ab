#!/usr/bin/env bash
# aws: the same disk under another name.
set -euo pipefail
cp --sparse=always "$1/bios-disk.img" "$2"
