# Has the tests use the stand-in, whose VMs have states and nothing else. The tests themselves know nothing of it.
param([string] $Work)

$env:PSModulePath = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/sandbox") + [IO.Path]::PathSeparator + $env:PSModulePath
$env:HYPERV_QEMU_ENGINE = 'none'
$env:HYPERV_QEMU_HOME = Join-Path $Work 'state'

# Nothing boots: what is in the image looks like a boot loader, and is none.
if (-not $env:LINUXKIT_TEST_IMAGE) {
    $env:LINUXKIT_TEST_IMAGE = Join-Path $Work 'linuxkit-efi.iso'
    $compressed = [IO.File]::OpenRead("$PSScriptRoot/linuxkit-efi.iso.gz")
    $inflated = [IO.Compression.GZipStream]::new($compressed, [IO.Compression.CompressionMode]::Decompress)
    $image = [IO.File]::Create($env:LINUXKIT_TEST_IMAGE)
    try {
        $inflated.CopyTo($image)
    }
    finally {
        $image.Dispose()
        $inflated.Dispose()
    }
}
