# Makes the image for tests that name none. To the module it is an ISO with a boot loader for UEFI; nothing in it boots.
param([string] $Path)

$compressed = [IO.File]::OpenRead("$PSScriptRoot/linuxkit-efi.iso.gz")
$inflated = [IO.Compression.GZipStream]::new($compressed, [IO.Compression.CompressionMode]::Decompress)
$image = [IO.File]::Create($Path)
try {
    $inflated.CopyTo($image)
}
finally {
    $image.Dispose()
    $inflated.Dispose()
}
