<#
.SYNOPSIS
Compiles the pages in docs/en-US to the help that the module ships, in en-US.

.DESCRIPTION
Needs the module platyPS 0.14 from the PowerShell Gallery. The result is committed; the tests hold it to the pages.
#>
#requires -Version 5.1
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'

if (-not (Get-Module platyPS -ListAvailable)) {
    throw 'The help is compiled by platyPS. Install it with: Install-Module platyPS -Scope CurrentUser'
}

Import-Module platyPS
$help = Join-Path (Split-Path $PSScriptRoot) 'en-US'
$files = New-ExternalHelp -Path (Join-Path $PSScriptRoot 'en-US') -OutputPath $help -Encoding ([Text.UTF8Encoding]::new($false)) -Force

# The same bytes wherever they are made.
foreach ($file in $files) {
    $lines = [IO.File]::ReadAllText($file.FullName) -split '\r?\n' -replace '\s+$'
    [IO.File]::WriteAllText($file.FullName, ($lines -join "`n").TrimEnd() + "`n")
    $file
}
