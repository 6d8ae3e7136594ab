<#
.SYNOPSIS
The door: builds, tests and shows the module, on every system. The tasks are in LinuxKitHyperV.build.ps1.

.DESCRIPTION
Needs the .NET SDK. On Windows the module works on Hyper-V itself; elsewhere a stand-in takes Hyper-V's place. On a bare Debian, build.sh gets
what is needed and runs this in a PowerShell of its own.

.EXAMPLE
./build.ps1 -Task Test -Suite Windows

.EXAMPLE
./build.ps1 -Task Shell -Command 'Get-LinuxKitVM'
#>
#requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Shell', 'Help', 'Acceptance')]
    [string] $Task = 'Build',

    # With Test: the suites to run, all by default.
    [string[]] $Suite,

    # With Test: also the tests that take minutes.
    [switch] $Long,

    # With Shell: what to run; without it, a prompt.
    [string] $Command,

    # A LinuxKit image with UEFI boot and a shell on its console. With Demo: what is shown, on Windows. With Test and Acceptance: the acceptance tests
    # use it; without it, nothing boots in their VMs, and on Windows Test leaves them out.
    [string] $ImagePath,

    # With Bench: the benchmarks to run, all by default. With Shell: a script file and its arguments.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Argument
)

$ErrorActionPreference = 'Stop'

# Restored when their versions change: that takes seconds.
$versions = Get-Item "$PSScriptRoot/artifacts/tools/versions" -ErrorAction Ignore
if (-not $versions -or $versions.LastWriteTime -lt (Get-Item "$PSScriptRoot/Directory.Packages.props").LastWriteTime) {
    dotnet msbuild "$PSScriptRoot/tools" -restore -nologo -nodeReuse:false -verbosity:quiet
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
}

$null = $PSBoundParameters.Remove('Task')
if ($ImagePath) { $PSBoundParameters.ImagePath = Convert-Path -LiteralPath $ImagePath }
& "$PSScriptRoot/artifacts/tools/InvokeBuild/Invoke-Build.ps1" $Task "$PSScriptRoot/LinuxKitHyperV.build.ps1" @PSBoundParameters
exit $LASTEXITCODE
