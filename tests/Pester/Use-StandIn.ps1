# Has the tests use the stand-in, whose VMs have states and nothing else. The tests themselves know nothing of it.
param([string] $Work)

$env:PSModulePath = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/standin") + [IO.Path]::PathSeparator + $env:PSModulePath
$env:HYPERV_QEMU_ENGINE = 'none'
$env:HYPERV_QEMU_HOME = Join-Path $Work 'state'
