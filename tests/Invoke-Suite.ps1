<#
.SYNOPSIS
Runs a suite that has been built. Shows what happens, and returns how many tests passed, failed and were skipped.

.DESCRIPTION
A suite is a project whose name ends in .Tests, here or in standin/tests, or Pester, or PesterWindows: Pester in PowerShell for Windows. The task
Test of build.ps1 runs them.
A suite that gives no result counts as failed. With CI set, a few tests that failed get a second chance.
#>
#requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Name,

    # The folder for reports and logs.
    [Parameter(Mandatory)] [string] $ResultPath,

    # With Pester: the command of the PowerShell to run it in.
    [string[]] $PowerShell,

    # With Pester: the image to boot.
    [string] $ImagePath,

    # Also runs the tests that take minutes.
    [switch] $Long
)

$ErrorActionPreference = 'Stop'
$onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'
$onWine = $Name -like '*Windows' -and -not $onWindows
$isPester = $Name -like 'Pester*'
$wine = "$PSScriptRoot/Windows/wine.sh"
$ResultPath = (New-Item $ResultPath -ItemType Directory -Force).FullName

# The suite's program and its first arguments.
$suite = if ($onWine) { $wine, $(if ($isPester) { 'pester' } else { 'run' }) }
elseif ($isPester) { $PowerShell + ('-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/Pester/Invoke-Pester.ps1") }
else {
    $project = Get-Item "$PSScriptRoot/*/$Name.Tests.csproj", "$PSScriptRoot/../standin/tests/*/$Name.Tests.csproj"
    "$($project.DirectoryName)/bin/Release/net10.0/$Name.Tests" + $(if ($onWindows) { '.exe' })
}

# It has a time limit, as wine.sh has its own, and ends with this process, however that is ended.
$limit = if ($Long) { '120m' } else { '30m' }
$guard = if (-not $onWindows) { 'setpriv', '--pdeathsig', 'TERM' }
if (-not $onWindows -and -not $onWine) { $guard += 'timeout', '--foreground', '--kill-after=30s', $limit }

# Runs the suite, or what the selection names. Among what it returns are the tests that failed, and how to select them.
function Invoke-Run([string] $Label, [string[]] $Selection) {
    $report = "$ResultPath/$Label.xml"
    $log = "$ResultPath/$Label.log"
    Remove-Item $report, $log -ErrorAction Ignore

    $arguments = if ($isPester) { '-ReportPath', $report }
    else { '-noLogo', '-noColor', '-noAutoReporters', '-reporter', 'quiet', '-explicit', $(if ($Long) { 'on' } else { 'off' }), '-result-xml', $report }
    if ($isPester -and $ImagePath) { $arguments += '-ImagePath', $ImagePath }

    $watch = [Diagnostics.Stopwatch]::StartNew()
    $program, $first = @($guard) + $suite | Where-Object { $_ }
    $isWhatIf = $false
    & $program $first $arguments $Selection | Where-Object {
        # What -WhatIf says cannot be redirected; the lines of a plan are indented.
        $isWhatIf = $_ -like 'What if: *' -or ($isWhatIf -and $_ -like '  *')
        -not $isWhatIf
    } | Tee-Object $log | Out-Host
    $exitCode = $LASTEXITCODE

    $run = if ($isPester) { Read-PesterResult $log $report } else { Read-XunitResult $report }
    if (-not $run) {
        Write-Host "${Name}: no result (exit code $exitCode)"
        return [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0; Tests = @(); Selection = @(); IsWithoutResult = $true }
    }

    if (-not $run.Failed -and ($exitCode -or -not $run.Passed)) {
        Write-Host "${Name}: ended with exit code $exitCode after $($run.Passed) tests"
        $run.Failed = 1
    }

    Write-Host ('{0}: {1} passed, {2} failed, {3} skipped in {4:0} s' -f $Name, $run.Passed, $run.Failed, $run.Skipped, $watch.Elapsed.TotalSeconds)
    $run
}

function Read-Xml([string] $Path) {
    if (Test-Path $Path) { (Get-Content $Path -Raw -Encoding UTF8) -as [xml] }
}

function Read-XunitResult([string] $Report) {
    $assembly = (Read-Xml $Report).assemblies.assembly
    if (-not $assembly) { return }

    foreach ($test in $assembly.SelectNodes('.//test[@result="Skip"]')) { Write-Host "skipped: $($test.name): $($test.reason.InnerText)" }
    $tests = @($assembly.SelectNodes('.//test[@result="Fail"]') | ForEach-Object { "$($_.type).$($_.method)" })
    [pscustomobject]@{
        Passed    = [int] $assembly.passed
        Failed    = [int] $assembly.failed + [int] $assembly.errors
        Skipped   = [int] $assembly.skipped
        Tests     = $tests
        Selection = @($tests | Sort-Object -Unique | ForEach-Object { '-method', $_ })
    }
}

# The last line counts what the report does not: files and blocks that could not be run.
function Read-PesterResult([string] $Log, [string] $Report) {
    if (-not (Test-Path $Log) -or (Get-Content $Log -Tail 1) -notmatch '^(\d+) passed, (\d+) failed, (\d+) skipped$') { return }

    $run = [pscustomobject]@{ Passed = [int] $Matches[1]; Failed = [int] $Matches[2]; Skipped = [int] $Matches[3]; Tests = @(); Selection = @() }
    $xml = Read-Xml $Report
    if ($xml) {
        $failures = $xml.SelectNodes('//testcase[failure]')
        $run.Tests = @($failures | ForEach-Object { $_.name })
        $run.Selection = @($failures | ForEach-Object { "$PSScriptRoot/Pester/" + ($_.classname -split '[\\/]')[-1] } | Sort-Object -Unique)
    }
    $run
}

# Says why Wine cannot be had here, or nothing.
function Initialize-Wine {
    $reason = & $wine check
    if ($reason) { return $reason }
    $said = @(& $wine set-up)
    if ($LASTEXITCODE) { $said[-1] }
}

if ($onWine) {
    $reason = Initialize-Wine
    if ($reason) {
        Write-Host "skipped: the $Name suite: $reason"
        return [pscustomobject]@{ Passed = 0; Failed = 0; Skipped = 1 }
    }

    & $wine build | Out-Host
    if ($LASTEXITCODE) {
        Write-Host "${Name}: not built"
        return [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0 }
    }
}

Write-Host "== $Name"
$run = Invoke-Run $Name

# A run without a result was ended by Wine, or by its limit. It is forgiven once, and told.
if ($onWine -and $run.IsWithoutResult) {
    Write-Host "== $Name, once more"
    $run = Invoke-Run $Name
    if (-not $run.Failed) { Write-Host "unsteady: ${Name}: its first run gave no result" }
}

# Where a change hangs on one run (CI), up to ten tests that failed run once more, alone, or Pester's with their file. What passes then
# is counted as passed and named as unsteady: a defect to be mended. At the desk, a failure is a failure.
if ($env:CI -and $run.Tests -and $run.Failed -le 10) {
    Write-Host "== $Name, once more: $($run.Tests -join ', ')"
    $again = Invoke-Run "$Name.again" $run.Selection
    if (-not $again.Failed -and $again.Passed -ge $run.Tests.Count) {
        foreach ($test in $run.Tests) { Write-Host "unsteady: $test" }
        $run.Passed += $run.Tests.Count
        $run.Failed = 0
    }
}

$run
