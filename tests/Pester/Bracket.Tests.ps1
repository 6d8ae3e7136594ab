# Paths whose characters mean something in a pattern: they are taken as they are.
BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive

    # It would match a file of its own name only if the brackets stood for themselves.
    $odd = "$Prefix-a[1] ``b"
    $image = Copy-TestImage web-efi
    $null = New-TestImage linuxkit-efi.img "a[1] ``b.img"
    $null = New-Item 'd[0]' -ItemType Directory
    Set-Content "a(1) 'b.vhdx" 'none of ours'
}

AfterAll {
    Pop-Location
}

Describe 'A path that looks like a pattern' -Tag HyperV {
    AfterEach {
        Set-Location -LiteralPath $TestDrive
        Clear-TestVM
        Get-ChildItem -Recurse -File | Where-Object { $_.FullName -ne $image -and $_.Name -ne "$odd.img" -and $_.Name -ne "a(1) 'b.vhdx" } | Remove-Item
    }

    It 'is that of a disk that is made: <Command>' -TestCases @(
        @{ File = { "$odd.vhdx" }; Command = { New-LinuxKitDisk $odd -Size 1 } }
        @{ File = { Join-Path 'd[0]' "$Prefix-x.vhdx" }; Command = { New-LinuxKitDisk "./d[0]/$Prefix-x" -Size 1 } }
        @{ File = { "$odd.vhdx" }; Command = { ConvertTo-LinuxKitDisk -LiteralPath "$odd.img" } }
        @{ File = { Join-Path 'd[0]' "$odd.vhdx" }; Command = { ConvertTo-LinuxKitDisk -LiteralPath "$odd.img" './d[0]' } }
        @{ File = { Join-Path 'd[0]' 'c[x].vhd' }; Command = { ConvertTo-LinuxKitDisk -Path ([WildcardPattern]::Escape("$odd.img")) './d[0]/c[x].vhd' } }
        @{ File = { Join-Path 'd[0]' '[].vhdx' }; Command = { Set-Location -LiteralPath 'd[0]'; New-LinuxKitDisk '[]' 1 } }
    ) {
        $path = Join-Path $TestDrive (& $File)
        (& $Command).Path | Should -Be $path
        Test-Path -LiteralPath $path | Should -BeTrue
    }

    It 'is that of an image that is started, and of disks that are attached' {
        $null = New-LinuxKitDisk "./d[0]/$Prefix-x" -Size 1
        $vm = Start-LinuxKitVM -LiteralPath "$odd.img" -Disk 1, "./d[0]/$Prefix-x.vhdx"
        $vm.HardDrives.Path | Split-Path -Leaf | Should -Be "$odd-boot.vhdx", "$odd-disk.vhdx", "$Prefix-x.vhdx"
        $vm | Remove-LinuxKitVM -Force -RemoveDisk
        Get-FileName | Should -Be "a(1) 'b.vhdx", 'd[0]', "$odd.img", "$Prefix-web-efi.iso"
    }

    It 'is that of a folder in which a VM is started' {
        Copy-Item $image (Join-Path 'd[0]' "$Prefix-db-efi.iso")
        Set-Location -LiteralPath 'd[0]'
        $vm = Start-LinuxKitVM ./*.iso -Disk 1 -Metadata x
        $vm.Name | Should -Be "$Prefix-db"
        $vm.HardDrives.Path | Should -Be (Join-Path $TestDrive (Join-Path 'd[0]' "$Prefix-db-disk.vhdx"))
    }

    It 'is that of a disk that is in use' {
        $null = New-LinuxKitDisk "./d[0]/$Prefix-x" -Size 1
        $null = Start-LinuxKitVM $image -Disk "./d[0]/$Prefix-x.vhdx"
        $null = Assert-Failure 'DiskInUse' 'ResourceBusy' { New-LinuxKitVM $image -Name "$Prefix-b" -Disk "./d[0]/$Prefix-x.vhdx" }
    }
}
