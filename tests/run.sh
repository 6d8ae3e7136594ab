#!/usr/bin/env bash
# tests/run.sh [--suite NAME]... [--long]: runs what has been built. The last line is the sum over all suites.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    echo "usage: ./build.sh test [--suite NAME]... [--long]; suites: ${all[*]}" >&2
    exit 2
}

all=()
for project in *.Tests; do
    all+=("${project%.Tests}")
done

# What a user types, in PowerShell itself: where that is.
if command -v pwsh >/dev/null && pwsh -NoProfile -Command 'Import-Module Pester -MinimumVersion 5.0 -ErrorAction Stop' 2>/dev/null; then
    all+=(Pester)
else
    echo "skipped: the Pester suite: there is no pwsh with Pester 5"
    left_out=1
fi

# named NAME: the suite of that name, in whatever case.
named() { printf '%s\n' "${all[@]}" | grep -ixF -- "$1"; }

suites=()
explicit=off
limit=30m
while [ $# -gt 0 ]; do
    case $1 in
        --suite)
            [ $# -ge 2 ] && suite=$(named "$2") || usage
            suites+=("$suite")
            shift 2
            ;;
        --long)
            explicit=on
            limit=120m
            shift
            ;;
        *) usage ;;
    esac
done
[ ${#suites[@]} != 0 ] || suites=("${all[@]}")

# The suites are programs of their own (some start themselves again), which do not look for the SDK on the PATH.
export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}

results=$PWD/../artifacts/test-results
mkdir -p "$results"
passed=0 failed=0 skipped=${left_out:-0}

# count NAME: an attribute of the report's <assembly> element.
count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$assembly"; }

pester() {
    local status=0 summary
    echo "== Pester"
    NO_COLOR=1 timeout --kill-after=30s "$limit" pwsh -NoProfile -NonInteractive -File Pester/Invoke-Pester.ps1 -ReportPath "$results/Pester.xml" \
        | tee "$results/Pester.log" || status=$?
    summary=$(tail -n 1 "$results/Pester.log")
    if [[ $summary =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3]))
        [ $status = 0 ] || [ "${BASH_REMATCH[2]}" != 0 ] || failed=$((failed + 1))
    else
        echo "Pester: no result (exit code $status)"
        failed=$((failed + 1))
    fi
}

# xunit NAME REPORT ARGUMENT...: runs a suite, or what its arguments select, and sets suite_passed, suite_failed and suite_skipped.
xunit() {
    local suite=$1 report=$2 status=0 assembly
    local program=(timeout --foreground --kill-after=30s "$limit" "$suite.Tests/bin/Release/net10.0/$suite.Tests")

    # It has a limit of its own, and ends with this script.
    [ "$suite" != Windows ] || program=(setpriv --pdeathsig TERM Windows.Tests/wine.sh run)
    shift 2
    rm -f "$report"
    "${program[@]}" \
        -noLogo -noColor -noAutoReporters -reporter quiet -explicit "$explicit" -result-xml "$report" "$@" || status=$?

    assembly=$(grep -o '<assembly [^>]*>' "$report" 2>/dev/null) || assembly=
    if [ -z "$assembly" ]; then
        echo "$suite: no result (exit code $status)"
        suite_passed=0 suite_failed=1 suite_skipped=0
        return
    fi

    suite_passed=$(count passed)
    suite_failed=$(($(count failed) + $(count errors)))
    suite_skipped=$(count skipped)
    if [ $((suite_passed + suite_failed)) = 0 ] || { [ $status != 0 ] && [ $suite_failed = 0 ]; }; then
        echo "$suite: ended with exit code $status after $suite_passed tests"
        suite_failed=1
    fi
    grep -o '<test [^>]*result="Skip"[^>]*><reason>[^<]*' "$report" | sed 's/.* name="\([^"]*\)".*<reason>/skipped: \1: /' || true
    echo "$suite: $suite_passed passed, $suite_failed failed, $suite_skipped skipped in $(sed 's/.* time="\([0-9]*\)[^"]*".*/\1/' <<<"$assembly") s"
}

# second_chance NAME REPORT: where a whole submission hangs on one run (CI), up to ten tests that failed run once more, alone. What
# passes then is counted as passed and named as unsteady: a defect to be mended. At the desk, a failure is a failure.
second_chance() {
    local suite=$1 report=$2 tests before_passed=$suite_passed before_failed=$suite_failed before_skipped=$suite_skipped
    mapfile -t tests < <(grep -o '<test [^>]*result="Fail"[^>]*>' "$report" |
        sed 's/.* type="\([^"]*\)".* method="\([^"]*\)".*/\1.\2/' | sort -u)
    [ ${#tests[@]} -ge 1 ] && [ "$before_failed" -le 10 ] || return 0

    echo "== $suite, once more: ${tests[*]}"
    local arguments=() test
    for test in "${tests[@]}"; do
        arguments+=(-method "$test")
    done
    xunit "$suite" "${report%.xml}.again.xml" "${arguments[@]}"
    if [ $suite_failed = 0 ] && [ $suite_passed -ge "$before_failed" ]; then
        printf 'unsteady: %s\n' "${tests[@]}"
        suite_passed=$((before_passed + before_failed)) suite_failed=0
    else
        suite_passed=$before_passed suite_failed=$before_failed
    fi
    suite_skipped=$before_skipped
}

# wine: whether the tests for Windows can run. Where Wine cannot be had, their suite counts as skipped; where they cannot be built, as failed.
wine() {
    local reason
    reason=$(Windows.Tests/wine.sh check)
    if [ -n "$reason" ] || ! reason=$(Windows.Tests/wine.sh set-up); then
        echo "skipped: the Windows suite: $reason"
        skipped=$((skipped + 1))
        return 1
    fi
    if ! Windows.Tests/wine.sh build; then
        echo "Windows: not built"
        failed=$((failed + 1))
        return 1
    fi
}

# wine_again REPORT: a run that failed although no test did was ended by Wine, or by its limit. It is forgiven once, and told.
wine_again() {
    local report=$1
    ! grep -q '<test [^>]*result="Fail"' "$report" 2>/dev/null || return 0
    echo "== Windows, once more"
    xunit Windows "$report"
    [ $suite_failed != 0 ] || echo "unsteady: Windows: its first run failed, and no test did"
}

for suite in "${suites[@]}"; do
    if [ "$suite" = Pester ]; then
        pester
        continue
    fi
    if [ "$suite" = Windows ] && ! wine; then
        continue
    fi

    echo "== $suite"
    xunit "$suite" "$results/$suite.xml"
    if [ $suite_failed != 0 ] && [ "$suite" = Windows ]; then
        wine_again "$results/$suite.xml"
    fi
    if [ $suite_failed != 0 ] && [ -n "${CI:-}" ]; then
        second_chance "$suite" "$results/$suite.xml"
    fi
    passed=$((passed + suite_passed)) failed=$((failed + suite_failed)) skipped=$((skipped + suite_skipped))
done

summary="$passed passed, $failed failed"
[ $skipped = 0 ] || summary+=", $skipped skipped"
echo "$summary"
[ $failed = 0 ]
