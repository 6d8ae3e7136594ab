#!/usr/bin/env bash
# raw-bios: a disk that a BIOS starts.
set -euo pipefail
cp --sparse=always "$1/bios-disk.img" "$2"
