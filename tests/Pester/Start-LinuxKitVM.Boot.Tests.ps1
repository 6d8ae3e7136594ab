BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $bios = New-TestImage linuxkit.iso web.iso
    $disk = New-TestImage linuxkit-efi.img web-efi.img
    $biosDisk = New-TestImage linuxkit-bios.img web-bios.img
    $images = Get-ChildItem -Name

    function Get-BootPath {
        (Get-VMFirmware "$Prefix-web").BootOrder[0].Device.Path
    }
}

AfterAll {
    Pop-Location
}

Describe 'What VM an image gets' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Get-TestVM | Where-Object Name -like '*-other' | Remove-VM -Force
        Clear-TestVM
        Remove-Item * -Exclude $images
    }

    It 'is Generation 1 with its DVD drive for an ISO that a BIOS boots' {
        (Start-LinuxKitVM $bios).Generation | Should -Be 1
        $drive = Get-VMDvdDrive "$Prefix-web"
        $drive.Path | Should -Be $bios
        $drive.ControllerType | Should -Be 'IDE'
        $drive.ControllerNumber | Should -Be 1
        (Get-VMBios "$Prefix-web").StartupOrder[0] | Should -Be 'CD'
    }

    It 'is Generation 2 with a boot disk for a disk that UEFI boots' {
        $vm = Start-LinuxKitVM $disk
        $vm.Generation | Should -Be 2
        $vm.Image | Should -Be $disk
        Get-BootPath | Should -Be (Join-Path $TestDrive "$Prefix-web-boot.vhdx")
        Test-VHD "$Prefix-web-boot.vhdx" | Should -BeTrue
    }

    It 'is Generation 1 with a boot disk for a disk that a BIOS boots' {
        (Start-LinuxKitVM $biosDisk).Generation | Should -Be 1
        $drive = Get-VMHardDiskDrive "$Prefix-web"
        $drive.Path | Should -Be (Join-Path $TestDrive "$Prefix-web-boot.vhdx")
        "$($drive.ControllerType) $($drive.ControllerNumber) $($drive.ControllerLocation)" | Should -Be 'IDE 0 0'
        (Get-VMBios "$Prefix-web").StartupOrder[0] | Should -Be 'IDE'
    }

    It 'is of the generation that is asked for where the image boots in both' {
        $both = New-TestImage both.iso both.iso
        (Start-LinuxKitVM $both -WarningAction SilentlyContinue).Generation | Should -Be 2
        (Start-LinuxKitVM $both -Name "$Prefix-one" -Generation 1 -WarningAction SilentlyContinue).Generation | Should -Be 1
    }

    It 'has Secure Boot by a template, and a TPM, where that is asked for' {
        $signed = New-TestImage signed-efi.iso web.signed.iso
        $null = Start-LinuxKitVM $signed -Name "$Prefix-web" -SecureBoot MicrosoftUEFICertificateAuthority -Tpm
        $firmware = Get-VMFirmware "$Prefix-web"
        $firmware.SecureBoot | Should -Be 'On'
        $firmware.SecureBootTemplate | Should -Be 'MicrosoftUEFICertificateAuthority'
        (Get-VMSecurity "$Prefix-web").TpmEnabled | Should -BeTrue
    }

    It 'comes with a warning where the kernel has no serial console' {
        $quiet = New-TestImage quiet-efi.iso quiet-efi.iso
        $null = Start-LinuxKitVM $quiet -NoNetwork -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -HaveCount 1
        $warning | Should -Match 'console=ttyS0'
    }
}

Describe 'The boot disk of a VM' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Get-TestVM | Where-Object Name -like '*-other' | Remove-VM -Force
        Clear-TestVM
        Remove-Item * -Exclude $images
    }

    It 'goes with the VM, here of <Image>' -TestCases @(
        @{ Image = 'web-efi.img' }
        @{ Image = 'web-bios.img' }
    ) {
        $null = Start-LinuxKitVM "$Prefix-$Image" -Disk size=1
        "$Prefix-web-boot.vhdx" | Should -Exist
        Remove-LinuxKitVM "$Prefix-web" -Force
        Get-ChildItem -Name | Sort-Object | Should -Be ($images + "$Prefix-web-disk.vhdx" | Sort-Object)
    }

    It 'stays where another VM has it too' {
        $null = New-LinuxKitVM $disk
        $null = New-VM "$Prefix-other" -VHDPath (Join-Path $TestDrive "$Prefix-web-boot.vhdx")
        Remove-LinuxKitVM "$Prefix-web" -Force -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -HaveCount 1
        $warning | Should -Match "the VM '$Prefix-other' has it too"
        "$Prefix-web-boot.vhdx" | Should -Exist
    }

    It 'is the <Extension> itself with -NoCopy, which stays' -TestCases @(
        @{ Source = 'efi'; Extension = 'vhdx' }
        @{ Source = 'bios'; Extension = 'vhdx' }
        @{ Source = 'bios'; Extension = 'vhd' }
    ) {
        $path = (ConvertTo-LinuxKitDisk "$Prefix-web-$Source.img" "$Prefix-web-$Source.$Extension").Path
        $null = Start-LinuxKitVM $path -NoCopy
        (Get-VMHardDiskDrive "$Prefix-web").Path | Should -Be $path
        Remove-LinuxKitVM "$Prefix-web" -Force -RemoveDisk
        $path | Should -Exist
    }

    It 'is not left behind when <Call> fails' -TestCases @(
        @{ Call = 'Set-VM' }
        @{ Call = 'New-VM' }
        @{ Call = 'Add-VMHardDiskDrive' }
        @{ Call = 'Set-VMFirmware' }
    ) {
        Set-StandIn Fail "${Call}:1=OperationFailed"
        Start-LinuxKitVM $disk -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure | Should -Not -BeNullOrEmpty
        Get-VM | Where-Object { $_.Name -like "$Prefix*" -or $_.Name -like 'LinuxKitHyperV-unfinished-*' } | Should -BeNullOrEmpty
        Get-ChildItem -Name | Should -Be $images
    }
}

Describe 'An image that gets no VM' -Tag HyperV {
    BeforeAll {
        # A disk that was cut short as it was copied.
        $cut = Join-Path $TestDrive "$Prefix-cut.img"
        Copy-Item $disk $cut
        $file = [IO.File]::OpenWrite($cut)
        $file.SetLength(1.2MB)
        $file.Dispose()
    }

    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx, *.vhd
    }

    It 'is <Id> for <Command>' -TestCases @(
        @{ Id = 'GenerationNotPossible'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Generation 1 } }
        @{ Id = 'GenerationNotPossible'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $bios -Generation 2 } }
        @{ Id = 'GenerationNotPossible'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $bios -Tpm } }
        @{ Id = 'GenerationNotPossible'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $bios -SecureBoot MicrosoftWindows } }
        @{ Id = 'ImageNotSigned'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM (New-TestImage linuxkit-efi.iso unsigned-efi.iso) -SecureBoot MicrosoftUEFICertificateAuthority } }
        @{ Id = 'ImageNotAttachable'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $disk -NoCopy } }
        @{ Id = 'ImageNotAttachable'; Category = 'InvalidArgument'; Command = { ConvertTo-LinuxKitDisk $disk "$Prefix-efi.vhd" | Start-LinuxKitVM -NoCopy } }
        @{ Id = 'DiskFormatNotSupported'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image -Disk (New-LinuxKitDisk "$Prefix-d.vhd" 4M) } }
        @{ Id = 'DiskFormatNotSupported'; Category = 'InvalidArgument'; Command = { New-LinuxKitVM $image -Disk "file=$Prefix-d.vhd,size=1" } }
        @{ Id = 'ImageNotAttachable'; Category = 'InvalidArgument'; Command = { Copy-Item $image "$Prefix-iso.vhdx"; Start-LinuxKitVM "$Prefix-iso.vhdx" } }
        @{ Id = 'ImageTruncated'; Category = 'InvalidData'; Command = { Start-LinuxKitVM $cut } }
        @{ Id = 'ImageTruncated'; Category = 'InvalidData'; Command = { New-LinuxKitVM $image -Disk $cut } }
        @{ Id = 'DiskExists'; Category = 'ResourceExists'; Command = { Set-Content "$Prefix-web-boot.vhdx" ''; Start-LinuxKitVM $disk } }
        @{ Id = 'DiskGivenTwice'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $disk -Disk "file=$Prefix-web-boot.vhdx,size=1" } }
        @{ Id = 'ImageNotBootable'; Category = 'InvalidData'; Command = { New-LinuxKitMetadata "$Prefix-data.iso" 'text' | Start-LinuxKitVM } }
    ) {
        $null = Assert-Failure $Id $Category $Command
        Get-VM | Where-Object { $_.Name -like "$Prefix*" -or $_.Name -like 'LinuxKitHyperV-unfinished-*' } | Should -BeNullOrEmpty
        'LinuxKitHyperV-unfinished-*' | Should -Not -Exist
    }

    It 'is one for processors that this host does not have' {
        $isArm = [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -eq 'Arm64'
        $foreign = New-TestImage $(if ($isArm) { 'linuxkit-efi.iso' } else { 'arm64-efi.iso' }) other-efi.iso
        $null = Assert-Failure 'ImageArchitectureMismatch' 'InvalidArgument' { Start-LinuxKitVM $foreign }
        Get-TestVM | Should -BeNullOrEmpty
    }
}

Describe 'A disk that a running VM has' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'is refused to the next one' {
        $null = Start-LinuxKitVM $image -Disk "file=$Prefix-d.vhdx,size=1"
        $null = Assert-Failure 'DiskInUse' 'ResourceBusy' { Start-LinuxKitVM $image -Name "$Prefix-two" -Disk "$Prefix-d.vhdx" }
        (Get-TestVM).Name | Should -Be "$Prefix-web"
    }
}
