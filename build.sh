#!/usr/bin/env bash
# What a bare Debian with the .NET SDK needs before build.ps1: packages, and a PowerShell.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1
[ -t 1 ] || export NO_COLOR=1

usage() {
    cat <<'END'
usage: ./build.sh TASK, which is ./build.ps1 -Task TASK

  build                           compiles everything and lays out the modules in artifacts/
  test [-Suite NAME,...] [-Long]  runs all tests, or some suites; -Long adds the tests that take minutes
  demo                            boots an image, shows its console and removes everything
  bench [NAME]...                 measures what the cmdlets cost: docs/benchmarks.md names the benchmarks
  shell [-Command SCRIPT]         PowerShell with LinuxKitHyperV and the stand-in Hyper-V loaded
  shell FILE [ARGUMENT]...        runs a script file there
  acceptance [-ImagePath IMAGE]   runs what users type, and reports on the host
  help                            compiles docs/en-US to en-US; needs the module platyPS
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

# What the stand-in runs.
machines() {
    need \
        dnsmasq-base /usr/sbin/dnsmasq \
        iproute2 /sbin/ip \
        ovmf /usr/share/OVMF/OVMF_CODE_4M.fd \
        qemu-system-x86 qemu-system-x86_64 \
        qemu-utils qemu-img \
        swtpm swtpm "$@"
}

# And what makes images to boot.
guests() {
    machines \
        binutils objcopy \
        cpio cpio \
        e2fsprogs /sbin/mke2fs \
        fdisk /sbin/sfdisk \
        genisoimage isoinfo \
        grub-common grub-mkimage \
        mtools mcopy \
        xorriso xorriso
}

case ${1:-} in
    test | demo | acceptance) guests ;;
    bench) machines socat socat ;;
    shell) machines ;;
    build | help) ;;
    -h | --help)
        usage
        exit
        ;;
    *)
        usage >&2
        exit 2
        ;;
esac

dotnet tool restore --verbosity quiet >/dev/null

# By its path: the tool's own programs, which start it, do not end it when they are ended. Interrupted, it would give 0.
home=$(dotnet pwsh -NoProfile -NonInteractive -Command '$PSHOME')
trap 'exit 130' INT
setpriv --pdeathsig TERM dotnet "$home/pwsh.dll" -NoLogo -NoProfile -File build.ps1 -Task "$@"
