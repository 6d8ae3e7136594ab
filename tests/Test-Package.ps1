<#
.SYNOPSIS
Looks whether a packaged module is whole, in the PowerShell that runs this: it is imported, has its help and its views.

.EXAMPLE
powershell -File tests/Test-Package.ps1 -Path artifacts/modules/LinuxKitHyperV
#>
#requires -Version 5.1
[CmdletBinding()]
param(
    # The module's folder.
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'

$manifest = Test-ModuleManifest (Join-Path $Path 'LinuxKitHyperV.psd1')
$module = Import-Module $manifest.Path -PassThru
if ($module.Version -ne $manifest.Version) { throw "Version $($module.Version) was imported, not $($manifest.Version)." }

$missing = @($manifest.ExportedCmdlets.Keys | Where-Object { -not $module.ExportedCmdlets.ContainsKey($_) })
if ($missing) { throw "Not exported: $missing." }

foreach ($name in $module.ExportedCmdlets.Keys) {
    if (-not (Get-Help $name).Description) { throw "$name has no help." }
}

if (-not (Get-FormatData LinuxKitHyperV.VirtualMachine)) { throw 'There is no view of a VM.' }

# The module's own code, as far as it goes without Hyper-V.
try {
    New-LinuxKitVM 'a|b.iso'
    throw 'A path that cannot be was taken.'
}
catch {
    if ($_.FullyQualifiedErrorId -notlike 'ImageNotFound,*') { throw }
}

"$($module.Name) $($module.Version): $($module.ExportedCmdlets.Count) cmdlets in PowerShell $($PSVersionTable.PSVersion)."
