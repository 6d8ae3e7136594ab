#!/usr/bin/env bash
# The door for a Linux machine with nothing but the .NET SDK. build.ps1 is the same door for PowerShell.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1

usage() {
    cat <<'END'
usage: ./build.sh TASK

  build                            compiles everything and lays out the modules in artifacts/
  test [--suite NAME]... [--long]  runs all tests, or some suites; --long adds the tests that take minutes
  demo                             boots an image, shows its console and removes everything
  bench [NAME]...                  measures what the cmdlets cost: start, processes, import, first, fleet, console, keys, footprint, conversion, calls
  shell [-c SCRIPT | FILE ARG...]  PowerShell with LinuxKitHyperV and the stand-in Hyper-V loaded
  help                             compiles docs/en-US to en-US; needs pwsh with the module platyPS
END
}

# Installs packages with apt; where it may not, names them and gives up.
install() {
    echo "build.sh: installing $*"
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null && return
    echo "build.sh: these packages are needed and could not be installed: $*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        command -v sudo >/dev/null && sudo -n "$@"
    fi
}

# need PACKAGE FILE-OR-COMMAND...: installs, in one go, the packages whose file or command is not there.
need() {
    local missing=()
    while [ $# -gt 0 ]; do
        [ -e "$2" ] || command -v "$2" >/dev/null || missing+=("$1")
        shift 2
    done
    [ ${#missing[@]} = 0 ] || install "${missing[@]}"
}

# QEMU, and images to boot.
guests() {
    need \
        binutils objcopy \
        cpio cpio \
        dnsmasq-base /usr/sbin/dnsmasq \
        e2fsprogs /sbin/mke2fs \
        fdisk /sbin/sfdisk \
        genisoimage isoinfo \
        grub-common grub-mkimage \
        iproute2 /sbin/ip \
        mtools mcopy \
        ovmf /usr/share/OVMF/OVMF_CODE_4M.fd \
        qemu-system-x86 qemu-system-x86_64 \
        qemu-utils qemu-img \
        swtpm swtpm \
        xorriso xorriso
    tests/images/build.sh || {
        # apt's lists may be missing, or older than the mirror.
        echo "build.sh: asking apt anew"
        as_root apt-get update -qq && tests/images/build.sh
    }
}

build() {
    # No build server outlives the build.
    dotnet tool restore --verbosity quiet
    dotnet build --configuration Release --disable-build-servers --verbosity quiet -clp:NoSummary
}

# shell [-c SCRIPT | FILE ARG...]
shell() {
    local -x PSModulePath=$PWD/artifacts/sandbox:$PWD/artifacts/modules
    local import='Import-Module Hyper-V, LinuxKitHyperV'
    case ${1:-} in
        '') dotnet pwsh -NoLogo -NoExit -Command "$import" ;;
        -c) dotnet pwsh -NoLogo -NoProfile -Command "$import; ${2:?}" ;;
        *) dotnet pwsh -NoLogo -NoProfile -File "$@" ;;
    esac
}

task=${1:-}
[ $# = 0 ] || shift
case $task in
    build)
        build
        ;;
    test)
        guests
        build
        tests/run.sh "$@"
        ;;
    demo)
        guests
        build
        shell tests/demo.ps1
        ;;
    bench)
        build
        dotnet benchmarks/bin/Release/net10.0/Benchmarks.dll "$@"
        ;;
    shell)
        [ -d artifacts/modules ] || build
        shell "$@"
        ;;
    help)
        command -v pwsh >/dev/null || { echo 'build.sh: the help is compiled by pwsh with the module platyPS, and there is no pwsh' >&2; exit 1; }
        pwsh -NoProfile -File docs/Build-Help.ps1
        ;;
    -h | --help)
        usage
        ;;
    *)
        usage >&2
        exit 2
        ;;
esac
