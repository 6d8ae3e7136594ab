<#
.SYNOPSIS
The door for machines with PowerShell. build.sh is the same door for a Linux machine with nothing but the .NET SDK.

.DESCRIPTION
On Windows the module works on Hyper-V itself; elsewhere build.sh does the work, and a stand-in takes Hyper-V's place.

.EXAMPLE
./build.ps1 -Task Test -Suite Windows

.EXAMPLE
./build.ps1 -Task Shell -Command 'Get-LinuxKitVM'
#>
#requires -Version 5.1
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Shell', 'Help', 'Acceptance')]
    [string] $Task = 'Build',

    # With Test: the suites to run, all by default.
    [string[]] $Suite,

    # With Test: also the tests that take minutes.
    [switch] $Long,

    # With Bench: the benchmarks to run, all by default.
    [string[]] $Benchmark,

    # With Shell: what to run; without it, a prompt.
    [string] $Command,

    # With Demo, on Windows: a LinuxKit image with UEFI boot and a shell on its console. With Test and Acceptance: the acceptance tests use it;
    # without it, nothing boots in the VMs of Acceptance, and Test leaves the acceptance tests out.
    [string] $ImagePath
)

$ErrorActionPreference = 'Stop'

# Needs Pester alone: on Windows it works on Hyper-V, elsewhere on the stand-in.
if ($Task -eq 'Acceptance') {
    dotnet build $PSScriptRoot --configuration Release --disable-build-servers --verbosity quiet -clp:NoSummary
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
    & "$PSScriptRoot/tests/Pester/Invoke-Pester.ps1" -ImagePath $ImagePath -HostReportPath "$PSScriptRoot/artifacts/acceptance"
    exit $LASTEXITCODE
}

if ([IO.Path]::DirectorySeparatorChar -ne '\') {
    $arguments = @($Task.ToLowerInvariant())
    $Suite | ForEach-Object { if ($_) { $arguments += '--suite', $_ } }
    if ($Long) { $arguments += '--long' }
    if ($Benchmark) { $arguments += $Benchmark }
    if ($Command) { $arguments += '-c', $Command }
    & "$PSScriptRoot/build.sh" $arguments
    exit $LASTEXITCODE
}

function Invoke-Build {
    dotnet build $PSScriptRoot --configuration Release --disable-build-servers --verbosity quiet -clp:NoSummary
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
}

function Invoke-Test {
    # It holds what is for Windows, and what is tested everywhere and touches Windows. The others ask programs of Linux, or boot images in QEMU.
    $suites = if ($Suite) { $Suite } else { 'Windows' }
    $results = "$PSScriptRoot/artifacts/test-results"
    $null = New-Item $results -ItemType Directory -Force
    $passed = $failed = $skipped = 0
    foreach ($name in $suites) {
        $report = "$results/$name.xml"
        Remove-Item $report -ErrorAction Ignore
        $explicit = if ($Long) { 'on' } else { 'off' }
        & "$PSScriptRoot/tests/$name.Tests/bin/Release/net10.0/$name.Tests.exe" -noLogo -noColor -noAutoReporters -reporter quiet -explicit $explicit -result-xml $report | Out-Host
        if (-not (Test-Path $report)) {
            "${name}: no result (exit code $LASTEXITCODE)"
            $failed++
            continue
        }

        $assembly = ([xml](Get-Content $report -Raw)).assemblies.assembly
        $passed += $assembly.passed
        $failed += [int]$assembly.failed + [int]$assembly.errors
        $skipped += $assembly.skipped
    }

    if ($ImagePath) {
        $summary = & "$PSScriptRoot/tests/Pester/Invoke-Pester.ps1" -ImagePath $ImagePath | Select-Object -Last 1
        $counts = [int[]] [regex]::Matches($summary, '\d+').Value
        $passed += $counts[0]
        $failed += $counts[1]
        $skipped += $counts[2]
    }
    else {
        'The acceptance tests (tests/Pester) are left out: no image is named with -ImagePath.'
    }

    "$passed passed, $failed failed$(if ($skipped) { ", $skipped skipped" })"
    if ($failed) { exit 1 }
}

function Invoke-Shell([string[]] $Arguments) {
    $env:PSModulePath = "$PSScriptRoot\artifacts\modules;$env:PSModulePath"
    & (Get-Process -Id $PID).Path -NoLogo @Arguments
    exit $LASTEXITCODE
}

switch ($Task) {
    'Build' {
        Invoke-Build
    }
    'Test' {
        Invoke-Build
        Invoke-Test
    }
    'Demo' {
        if (-not $ImagePath) { throw 'Name an image with -ImagePath: the test images are made on Linux (tests/images).' }
        Invoke-Build
        Invoke-Shell '-NoProfile', '-File', "$PSScriptRoot\tests\demo.ps1", '-Path', (Convert-Path $ImagePath)
    }
    'Help' {
        & "$PSScriptRoot/docs/Build-Help.ps1"
    }
    'Bench' {
        Invoke-Build
        dotnet "$PSScriptRoot\benchmarks\bin\Release\net10.0\Benchmarks.dll" $Benchmark
        exit $LASTEXITCODE
    }
    'Shell' {
        if (-not (Test-Path "$PSScriptRoot\artifacts\modules")) { Invoke-Build }
        if ($Command) { Invoke-Shell '-NoProfile', '-Command', "Import-Module LinuxKitHyperV; $Command" }
        Invoke-Shell '-NoExit', '-Command', 'Import-Module LinuxKitHyperV'
    }
}
