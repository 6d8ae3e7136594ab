BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = New-TestImage linuxkit-efi.img efi.img
    $bios = New-TestImage linuxkit-bios.img bios.img
    $iso = New-TestImage linuxkit-efi.iso efi.iso

    # The beginning of a file, as a download that broke off leaves it.
    function Copy-Head([string] $Path, [string] $Name, [int] $Length) {
        $copy = Join-Path $TestDrive "$Prefix-$Name"
        [IO.File]::Copy($Path, $copy)
        $file = [IO.File]::OpenWrite($copy)
        $file.SetLength($Length)
        $file.Dispose()
        $copy
    }
}

AfterAll {
    Pop-Location
}

Describe 'An image that ConvertTo-LinuxKitDisk does not convert' -Tag HyperV {
    AfterEach {
        Get-ChildItem -File | Where-Object FullName -NotIn $image, $bios, $iso | Remove-Item
    }

    It 'is <Id> for <Command>' -TestCases @(
        @{ Id = 'ImageNotFound'; Category = 'ObjectNotFound'; Command = { ConvertTo-LinuxKitDisk ./missing.img } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { ConvertTo-LinuxKitDisk nowhere:x.img } }
        @{ Id = 'ImageIsDvd'; Category = 'InvalidArgument'; Command = { ConvertTo-LinuxKitDisk $iso } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { ConvertTo-LinuxKitDisk $image -Size 1M } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { [IO.File]::WriteAllBytes((Join-Path $TestDrive "$Prefix-x.img"), [byte[]]::new(5MB)); ConvertTo-LinuxKitDisk "$Prefix-x.img" -Size 4M } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { ConvertTo-LinuxKitDisk $image "./$Prefix-c.vhd" -Size 3TB } }
        @{ Id = 'InvalidDisk'; Category = 'InvalidArgument'; Command = { ConvertTo-LinuxKitDisk $image -Size big } }
        @{ Id = 'DiskFormatNotSupported'; Category = 'InvalidArgument'; Command = { ConvertTo-LinuxKitDisk $image "./$Prefix-c.qcow2" } }
        @{ Id = 'DiskFolderNotFound'; Category = 'ObjectNotFound'; Command = { ConvertTo-LinuxKitDisk $image "./no/$Prefix-c.vhdx" } }
        @{ Id = 'ImageNotRecognized'; Category = 'InvalidData'; Command = { Set-Content "$Prefix-cmdline" 'console=ttyS0' -NoNewline; ConvertTo-LinuxKitDisk "$Prefix-cmdline" "./$Prefix-c.vhdx" } }
    ) {
        $null = Assert-Failure $Id $Category $Command
        Get-ChildItem -Recurse -Include *.vhdx, *.vhd, *.qcow2 | Should -BeNullOrEmpty
    }

    It 'is cut off: <What>' -TestCases @(
        @{ What = 'a VHDX'; Make = { $whole = ConvertTo-LinuxKitDisk $image "./$Prefix-a.vhdx"; Copy-Head $whole.Path b.vhdx 4.5MB; Remove-Item $whole.Path } }
        @{ What = 'a raw disk, by its GUID partition table'; Make = { Copy-Head $image b.img (2MB - 1) } }
        @{ What = 'a raw disk, by its master boot record'; Make = { Copy-Head $bios b.img 1049001 } }

        # Such a VHD begins with what the disk holds, and what makes it a VHD is its last sector.
        @{ What = 'a VHD of fixed size'; Make = { Copy-Head $image b.vhd (2MB - 1) } }
    ) {
        $cut = & $Make
        $null = Assert-Failure 'ImageTruncated' 'InvalidData' { ConvertTo-LinuxKitDisk $cut "./$Prefix-c.vhdx" }
        Get-ChildItem -File | Where-Object FullName -NotIn $image, $bios, $iso | Should -HaveCount 1
    }
}
