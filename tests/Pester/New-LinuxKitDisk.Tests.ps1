BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'A disk that New-LinuxKitDisk does not make' -Tag HyperV {
    BeforeAll {
        $null = New-Item "$Prefix-sub" -ItemType Directory
    }

    AfterEach {
        Clear-StandIn
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'is <Id> for <Command>' -TestCases @(
        @{ Id = 'DiskExists'; Category = 'ResourceExists'; Command = { $null = New-LinuxKitDisk "$Prefix-d" 10M; New-LinuxKitDisk "$Prefix-d.vhdx" 10M } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk "$Prefix-d" 1M } }
        @{ Id = 'InvalidDiskSize'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk "$Prefix-d" 1KB } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk nowhere:d 10M } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk . 10M } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk .. 10M } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk "$Prefix-sub/" 10M } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk "$Prefix-sub\" 10M } }
        @{ Id = 'InvalidPath'; Category = 'InvalidArgument'; Command = { New-LinuxKitDisk "./$Prefix-sub/." 10M } }
        @{ Id = 'DiskQueryFailed'; Category = 'InvalidOperation'; Fail = 'Get-VHD:1=OperationFailed'; Command = { New-LinuxKitDisk "$Prefix-d" 10M } }
    ) {
        if ($Fail) { Set-StandIn Fail $Fail }
        $null = Assert-Failure $Id $Category $Command
    }

    It 'has a size that is no size: <Size>' -TestCases @(
        @{ Size = 'size=1' }
        @{ Size = 'abc' }
        @{ Size = '1.5GB' }
        @{ Size = ' ' }
    ) {
        $failure = Assert-Failure 'InvalidDisk' 'InvalidArgument' { New-LinuxKitDisk "$Prefix-d" $Size }
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*whole number*10GB*'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeLike '*=*'
    }

    It 'has a size of no whole sectors' {
        $failure = Assert-Failure 'InvalidDiskSize' 'InvalidArgument' { New-LinuxKitDisk "$Prefix-d" 10485761 }
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*512*'
    }

    It 'has the name of a file that is no disk: <Command>' -TestCases @(
        @{ Command = { New-LinuxKitDisk "./$Prefix-web-efi.iso" -Size 1 } }
        @{ Command = { Get-Item $image | New-LinuxKitDisk -Size 1 } }
        @{ Command = { $null = New-LinuxKitVM $image -Disk "file=./.-$Prefix-web-efi.iso-web-efi.vhdx,size=4M"; New-LinuxKitDisk "./$Prefix-web-efi.iso" 1 } }
    ) {
        $failure = Assert-Failure 'DiskFormatNotSupported' 'InvalidArgument' $Command
        $failure.Exception.Message | Should -BeLike "*$Prefix-web-efi.iso'*"
    }
}

Describe 'A disk that New-LinuxKitDisk makes' -Tag HyperV {
    It 'may be called as a folder is, or be hidden' {
        $null = New-Item "$Prefix-sub" -ItemType Directory
        $null = New-LinuxKitDisk "$Prefix-sub", "./$Prefix-sub/a", "./.$Prefix.vhdx" -Size 4M
        Get-FileName | Should -Be ".$Prefix.vhdx", "$Prefix-sub", "$Prefix-sub.vhdx", "$Prefix-web-efi.iso"
        Get-FileName "$Prefix-sub" | Should -Be 'a.vhdx'
    }
}
