# Has the tests use the stand-in, whose VMs have states and nothing else but where a guest is to boot. The tests themselves know nothing of it.
param([string] $Work)

$artifacts = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts")
$env:PSModulePath = (Join-Path $artifacts standin) + [IO.Path]::PathSeparator + $env:PSModulePath
$env:HYPERV_QEMU_ENGINE = 'none'
$env:HYPERV_QEMU_HOME = Join-Path $Work 'state'

# On Wine there is no QEMU.
$image = Join-Path $artifacts images/linuxkit-efi-initrd.iso
if (-not $env:LINUXKIT_TEST_BOOT_IMAGE -and [IO.Path]::DirectorySeparatorChar -ne '\' -and (Test-Path $image)) { $env:LINUXKIT_TEST_BOOT_IMAGE = $image }
