<#
.SYNOPSIS
Writes what the acceptance tests saw as report.json and report.txt, to be attached to an issue.
#>
#requires -Version 5.1
[CmdletBinding()]
param(
    # Where to write.
    [Parameter(Mandatory)] [string] $Path,

    # What Invoke-Pester returned.
    [Parameter(Mandatory)] $Result,

    # The file of answers.
    [Parameter(Mandatory)] [string] $FactPath,

    # The image that was booted, if one was named.
    [string] $ImagePath
)

$hyperV = Get-Module Hyper-V -ListAvailable | Sort-Object Version -Descending | Select-Object -First 1
$facts = @(if (Test-Path -LiteralPath $FactPath) { Get-Content -LiteralPath $FactPath -Encoding UTF8 | ConvertFrom-Json })
$failures = @($Result.Failed | ForEach-Object { [pscustomobject]@{ Test = $_.ExpandedPath; Error = "$($_.ErrorRecord | Select-Object -First 1)" } })
$report = [ordered]@{
    Module     = "$((Get-Module LinuxKitHyperV -ListAvailable | Select-Object -First 1).Version)"
    System     = [Environment]::OSVersion.VersionString
    PowerShell = "$($PSVersionTable.PSEdition) $($PSVersionTable.PSVersion)"
    HyperV     = "$($hyperV.Version) $($hyperV.Description)".Trim()
    Pester     = "$((Get-Module Pester).Version)"
    Image      = if ($ImagePath) { Split-Path $ImagePath -Leaf } else { 'none that boots' }
    Culture    = [Globalization.CultureInfo]::CurrentUICulture.Name
    Passed     = $Result.PassedCount
    Failed     = $failures
    Skipped    = @($Result.Skipped | ForEach-Object { $_.ExpandedPath })
    Facts      = $facts
}

$null = New-Item $Path -ItemType Directory -Force
$report | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath (Join-Path $Path 'report.json') -Encoding UTF8
$(
    foreach ($name in 'Module', 'System', 'PowerShell', 'HyperV', 'Pester', 'Image', 'Culture', 'Passed') { '{0,-10} {1}' -f $name, $report[$name] }
    ''
    foreach ($failure in $failures) { "Failed: $($failure.Test)", "  $($failure.Error)" }
    foreach ($skipped in $report.Skipped) { "Skipped: $skipped" }
    ''
    foreach ($fact in $facts) { "$($fact.Question)?", "  $($fact.Answer)" }
) | Set-Content -LiteralPath (Join-Path $Path 'report.txt') -Encoding UTF8
