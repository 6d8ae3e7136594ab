#!/usr/bin/env bash
# Builds the images twice, in two places, and compares them byte by byte: those in which qemu-img writes no time or id.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/build.sh" --output "$work/first"
"$here/build.sh" --output "$work/second"
for image in "$work"/first/*.{iso,img,raw,tar.gz,qcow2}; do
    cmp "$image" "$work/second/${image##*/}"
    (cd "$work/first" && sha256sum "${image##*/}")
done
