<#
.SYNOPSIS
Runs the acceptance tests: what a user types, against Hyper-V, or against the stand-in where there is no Hyper-V.

.DESCRIPTION
The tests make VMs and files of their own, all with one prefix, and remove them; they need no network. On a host with Hyper-V
they need an elevated PowerShell or a member of Hyper-V Administrators, and an image that boots by UEFI for what a guest tells.

.EXAMPLE
./tests/Pester/Invoke-Pester.ps1 -ImagePath .\linuxkit-efi.iso

.EXAMPLE
./tests/Pester/Invoke-Pester.ps1 -ImagePath .\linuxkit-efi.iso -Tag Fact -HostReportPath .\report
#>
#requires -Version 5.1
[CmdletBinding(PositionalBinding = $false)]
param(
    # The image to boot; by default that of the environment variable LINUXKIT_TEST_IMAGE. Without one the VMs run, and nothing boots in them.
    [string] $ImagePath = $env:LINUXKIT_TEST_IMAGE,

    # Only the tests of these files or folders; by default all.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path = $PSScriptRoot,

    # Only the tests of these tags: HyperV, Boot (a guest boots), Fact (the open questions), Package (what needs no Hyper-V).
    [string[]] $Tag,

    # Works on the stand-in, as it does wherever there is no Hyper-V: outside Windows. In PowerShell for Windows on Wine it has to be said.
    [switch] $StandIn = [IO.Path]::DirectorySeparatorChar -ne '\',

    # Where to write a report in JUnit's form.
    [string] $ReportPath,

    # A folder for report.json and report.txt: what this host is, what failed, and its answers to what is not known of Hyper-V.
    [string] $HostReportPath
)

$ErrorActionPreference = 'Stop'

$artifacts = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts")
$modules = Join-Path $artifacts 'modules'
if (-not (Test-Path $modules)) { throw "There is no module in '$modules': build it first." }

# For what lies outside the tests' own folders.
$work = Join-Path ([IO.Path]::GetTempPath()) "linuxkit-pester-$PID"
$null = New-Item $work -ItemType Directory -Force
$before = [Environment]::GetEnvironmentVariables()
try {
    $env:PSModulePath = $modules, (Join-Path $artifacts 'tools'), $env:PSModulePath -join [IO.Path]::PathSeparator
    $env:LINUXKIT_TEST_FACTS = Join-Path $work 'facts.json'
    $env:LINUXKIT_TEST_IMAGE = if ($ImagePath) { Convert-Path -LiteralPath $ImagePath } else { Join-Path $work 'linuxkit-efi.iso' }
    $env:LINUXKIT_TEST_BOOT_IMAGE = if ($ImagePath) { $env:LINUXKIT_TEST_IMAGE }
    if (-not $ImagePath) { & "$PSScriptRoot/Expand-Image.ps1" $env:LINUXKIT_TEST_IMAGE }

    if ($StandIn) { & "$PSScriptRoot/Use-StandIn.ps1" -Work $work }

    # Pester looks for Get-CimInstance when it is imported: that of the stand-in has to be there before.
    Import-Module Pester -MinimumVersion 5.0
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    if ($Tag) { $configuration.Filter.Tag = $Tag }
    $configuration.Output.Verbosity = 'Normal'
    if ([Console]::IsOutputRedirected) { $configuration.Output.RenderMode = 'Plaintext' }
    if ($ReportPath) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'JUnitXml'
        $configuration.TestResult.OutputPath = $ReportPath
    }

    $result = Invoke-Pester -Configuration $configuration
    if (-not $result) { throw 'Pester ended without a result.' }
    if ($HostReportPath) { & "$PSScriptRoot/Write-Report.ps1" $HostReportPath $result $env:LINUXKIT_TEST_FACTS -ImagePath $ImagePath }
}
finally {
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    Remove-Item -LiteralPath $work -Recurse -Force
}

foreach ($test in $result.Skipped) {
    $reason = ($test.ErrorRecord | Select-Object -First 1).Exception.Message -replace '^is skipped(, because )?'
    "skipped: $($test.ExpandedPath): $(if ($reason) { $reason } else { 'no reason is given' })"
}

# A file or a block that cannot be run has no tests that could fail.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"$($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit [int]($failed -gt 0 -or $result.PassedCount -eq 0)
