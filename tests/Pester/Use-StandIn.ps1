# Has the tests use the stand-in, whose VMs have states and nothing else. The tests themselves know nothing of it.
param([string] $Work)

$env:PSModulePath = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/sandbox") + [IO.Path]::PathSeparator + $env:PSModulePath
$env:HYPERV_QEMU_ENGINE = 'none'
$env:HYPERV_QEMU_HOME = Join-Path $Work 'state'

# Nothing boots, so nothing has to be in the image.
if (-not $env:LINUXKIT_TEST_IMAGE) {
    $env:LINUXKIT_TEST_IMAGE = Join-Path $Work 'linuxkit-efi.iso'
    $null = New-Item $env:LINUXKIT_TEST_IMAGE -ItemType File -Force
}
