#!/usr/bin/env bash
# gcp: a disk for a BIOS in a gzipped tar.
set -euo pipefail
tar --create --format=gnu --owner=0 --group=0 --mode=644 --mtime="@$SOURCE_DATE_EPOCH" \
    --directory="$1" --transform='s/.*/disk.raw/' bios-disk.img | gzip -6n >"$2"
