#!/usr/bin/env bash
# Wine, in a Debian of its own under artifacts/: .NET's garbage collection hangs in the Wine of Debian 12.
#
#   wine.sh check                        says why Wine cannot be had here, or nothing
#   wine.sh set-up                       makes it, unless it is there; where that fails, the last line says why
#   wine.sh build                        builds the tests for Windows, and PowerShell for Windows
#   wine.sh run -result-xml REPORT ...   runs the tests, on a console; no report is left that is not whole
#   wine.sh pester ...                   runs tests/Pester in that PowerShell on the stand-in; takes Invoke-Pester.ps1's arguments
set -euo pipefail

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$tests/../.." && pwd)
powershell=$repository/tools/PowerShell.Windows
wine=$repository/artifacts/wine
root=$wine/trixie
log=$wine/set-up.log

check() {
    if [ "$(id -u)" != 0 ]; then
        echo 'it takes root, for a mount namespace'
    elif ! command -v apt-get >/dev/null; then
        echo 'it takes Debian or a relative, for debootstrap'
    elif [ "$(uname -m)" != x86_64 ]; then
        echo 'it takes an x64 processor'
    elif ! apart mount -t tmpfs tmpfs /tmp 2>/dev/null; then
        echo 'this system lets nobody make namespaces'
    fi
}

# apart COMMAND...: runs it with mounts and processes of its own, which all end with it, and with this script, however that is ended.
apart() {
    local signal status=0
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc "$@" &
    for signal in HUP INT TERM; do
        # Who started this script sees by which signal it ended, and goes on, or not.
        trap "kill -KILL $! 2>/dev/null; trap - $signal; kill -$signal $$" $signal
    done
    wait $! || status=$?
    trap - HUP INT TERM
    return $status
}

# inside ROOT COMMAND...: runs it in that Debian, which sees the repository where it is.
inside() {
    apart sh -euc '
        root=$1 repository=$2
        shift 2
        mount --make-rprivate /
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs tmpfs "$root/tmp"
        mkdir -p "$root$repository"
        mount --bind "$repository" "$root$repository"
        exec chroot "$root" env -u DISPLAY -u TMPDIR LC_ALL=C.UTF-8 HOME=/root XDG_RUNTIME_DIR=/tmp DEBIAN_FRONTEND=noninteractive \
            WINEPREFIX=/root/wine WINEDEBUG=-all "WINEDLLOVERRIDES=mshtml=;winedbg.exe=" "$@"
    ' sh "$1" "$repository" "${@:2}"
}

set_up() {
    mkdir -p "$wine"
    exec 9>"$wine/lock"
    flock 9
    if [ ! -e "$root" ]; then
        echo "wine.sh: making $root" >&2
        setpriv --pdeathsig TERM timeout --foreground --kill-after=10s 4m "$0" debian || refuse 'Debian 13 with Wine cannot be had here'
    fi

    # A package that cannot be had is not the tests' fault; what else is wrong, the build tells.
    { dotnet restore "$tests" -p:WithRuntime=true --disable-build-servers --verbosity quiet &&
        dotnet restore "$powershell" --disable-build-servers --verbosity quiet; } >"$log" 2>&1 ||
        ! grep -qE 'NU1301|NU1801' "$log" || refuse "Windows' .NET runtime or its PowerShell cannot be had here"
}

build() {
    dotnet build "$tests" --configuration Release -p:WithRuntime=true --disable-build-servers --verbosity quiet -clp:NoSummary
    dotnet build "$powershell" --configuration Release --disable-build-servers --verbosity quiet -clp:NoSummary
}

refuse() {
    tail -n 30 "$log" >&2
    echo "$1"
    exit 1
}

# What is said matters only if it fails. A Debian that is there is whole.
debian() {
    exec >"$log" 2>&1 </dev/null
    { command -v debootstrap && [ -e /usr/share/keyrings/debian-archive-keyring.gpg ]; } || {
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap debian-archive-keyring
    }
    rm -rf "$root.new"
    apart debootstrap --variant=minbase trixie "$root.new"
    inside "$root.new" apt-get install -y --no-install-recommends wine wine64
    rm -f "$root.new"/var/cache/apt/archives/*.deb

    # As the tests run: where no program does, there is no Wine to be had.
    inside "$root.new" sh -c 'wine wineboot --init && wineserver --wait && script -qec "wine cmd /c exit 0" /dev/null && wineserver --wait'
    mv "$root.new" "$root"
}

# on_console LIMIT PROGRAM ARGUMENT...: runs a Windows program in this folder. script(1) lends a terminal, and Wine makes it the
# program's console. What it writes goes past that. Files of a run that was killed go before the next.
on_console() {
    local limit=$1 command
    shift
    printf -v command '%q ' "$@"
    exec 9>"$wine/lock"
    flock 9
    inside "$root" bash -o pipefail -c '
        cd "$1"
        rm -rf "$WINEPREFIX"/drive_c/users/root/AppData/Local/Temp/*
        wineserver --persistent
        {
            status=0
            timeout --kill-after=10s "$2" script -qec "wine $3 >&3 2>&1" /dev/null </dev/null 3>&1 >/dev/null || status=$?
            wineserver --kill
            exit $status
        } | sed -u "s/\r//g"
    ' bash "$PWD" "$limit" "$command"
}

# after OPTION ARGUMENT...: the argument after that one, in whatever case.
after() {
    local option=${1,,}
    while [ $# -gt 2 ]; do
        shift
        [ "${1,,}" != "$option" ] || echo "$2"
    done
}

# whole REPORT END: no report is left that does not end so.
whole() {
    [ -z "$1" ] || grep -qF "$2" "$1" 2>/dev/null || rm -f "$1"
}

run() {
    local status=0
    on_console 4m "$tests/bin/Release/net10.0/win-x64/Windows.Tests.exe" "$@" || status=$?
    whole "$(after -result-xml "$@")" '</assemblies>'
    return $status
}

pester() {
    local report status=0
    report=$(after -ReportPath "$@")
    [ -z "$report" ] || rm -f "$report"
    NO_COLOR=1 POWERSHELL_TELEMETRY_OPTOUT=1 on_console 15m "$repository/artifacts/powershell-windows/pwsh.exe" \
        -NoProfile -NonInteractive -File "$repository/tests/Pester/Invoke-Pester.ps1" -StandIn "$@" || status=$?
    whole "$report" '</testsuites>'
    return $status
}

case ${1:-} in
    check) check ;;
    set-up) set_up ;;
    debian) debian ;;
    build) build ;;
    run) run "${@:2}" ;;
    pester) pester "${@:2}" ;;
    *)
        sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
