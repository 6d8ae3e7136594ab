#!/usr/bin/env bash
# stage.sh DIR KERNEL-PACKAGE PACKAGE...: makes in DIR, from Debian's packages, what all formats share:
#   kernel        the kernel
#   root/         the root file system
#   initrd.img    the same as an initial ramdisk
#   packages/     the packages' files
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
stage=$1
kernel_version=${2#linux-image-}
shift

packages=$stage/packages
root=$stage/root
# Debian moved /bin and /lib into /usr between two releases.
in_package() { if [ -e "$packages/usr/$1" ]; then echo "$packages/usr/$1"; else echo "$packages/$1"; fi; }

echo "tests/images: fetching $*"
mkdir "$stage/debs" "$packages"
(cd "$stage/debs" && apt-get download --quiet=2 -o "APT::Sandbox::User=$(id -un)" "$@")
for deb in "$stage"/debs/*.deb; do
    dpkg-deb --extract "$deb" "$packages"
done
cp "$packages/boot/vmlinuz-$kernel_version" "$stage/kernel"

mkdir -p "$root"/{bin,dev,etc,lib,mnt,proc,root,run,sbin,sys,sysroot,tmp,usr/bin,usr/sbin,var}
cp -R "$here/root/." "$root"

busybox=$(in_package bin/busybox)
cp "$busybox" "$root/bin/busybox"
for applet in $("$busybox" --list-full); do
    [ "$applet" = bin/busybox ] || ln -s /bin/busybox "$root/$applet"
done

# The modules, and what they depend on. depmod runs twice: to learn what that is, and for the guest's modprobe.
all_modules=$(in_package lib/modules)/$kernel_version
modules=$root/lib/modules/$kernel_version
"$busybox" depmod -b "${all_modules%/lib/modules/*}" "$kernel_version"
mkdir -p "$modules"
cp "$all_modules"/modules.builtin "$all_modules"/modules.order "$modules"
sed 's/#.*//; /^$/d' "$here/modules" | while read -r module; do
    grep -E "/${module//_/[_-]}\.ko[.a-z]*:" "$all_modules/modules.dep" ||
        grep -qE "/${module//_/[_-]}\.ko" "$all_modules/modules.builtin" ||
        { echo "tests/images: the kernel has no module $module" >&2; exit 1; }
done | tr -d : | tr ' ' '\n' | sed '/^$/d' | sort -u | while read -r file; do
    mkdir -p "$modules/${file%/*}"
    cp "$all_modules/$file" "$modules/$file"
    case $file in *.xz) "$busybox" unxz "$modules/$file" ;; esac
done
"$busybox" depmod -b "$root" "$kernel_version"

find "$root" -type d -exec chmod 755 {} +
find "$root" -type f -exec chmod go=u,go-w {} +
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

(cd "$root" && find . -mindepth 1 -print0 | sort -z |
    cpio --null --create --format=newc --owner=0:0 --reproducible --quiet) | gzip -9n >"$stage/initrd.img"
