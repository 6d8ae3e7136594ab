# Makes an image for tests, by default that for tests that name none: an ISO with a boot loader for UEFI. To the module it is whole; nothing in it boots.
param([string] $Path, [string] $Image = 'linuxkit-efi.iso')

$compressed = [IO.File]::OpenRead("$PSScriptRoot/images/$Image.gz")
$inflated = [IO.Compression.GZipStream]::new($compressed, [IO.Compression.CompressionMode]::Decompress)
$file = [IO.File]::Create($Path)
try {
    $inflated.CopyTo($file)
}
finally {
    $file.Dispose()
    $inflated.Dispose()
}
