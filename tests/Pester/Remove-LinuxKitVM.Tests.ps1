# Which files Remove-LinuxKitVM deletes, and what it says of them.
BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'Remove-LinuxKitVM -RemoveDisk' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Clear-OtherVM
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'keeps a disk that another VM has too: <Make>' -TestCases @(
        @{ Make = { New-LinuxKitVM $image -Name "$Prefix-a" -Disk 1GB; New-LinuxKitVM $image -Name "$Prefix-b" -Disk "$Prefix-a-disk.vhdx" } }
        @{ Make = { New-LinuxKitVM $image -Name "$Prefix-a", "$Prefix-b" -Disk "file=$Prefix-a-disk.vhdx,size=1" } }
        @{ Make = { New-LinuxKitVM $image -Name "$Prefix-a" -Disk 1GB; New-VM "$Prefix-b" -VHDPath "./$Prefix-a-disk.vhdx" } }
    ) {
        $null = & $Make
        Remove-LinuxKitVM "$Prefix-a" -RemoveDisk -Force -WarningVariable warning -WarningAction SilentlyContinue
        $warning.Message | Should -Be "The disk '$(Join-Path $TestDrive "$Prefix-a-disk.vhdx")' of the VM '$Prefix-a' stays: the VM '$Prefix-b' has it too."
        Get-FileName | Should -Be "$Prefix-a-disk.vhdx", "$Prefix-web-efi.iso"
        (Get-TestVM).Name | Should -Be "$Prefix-b"
    }

    It 'deletes a disk that Hyper-V still holds for a moment' {
        $null = New-LinuxKitVM $image -Disk 1GB
        Set-StandIn Hold 1500
        Remove-LinuxKitVM "$Prefix-web" -RemoveDisk -Force
        Get-FileName | Should -Be "$Prefix-web-efi.iso"
    }

    It 'leaves nothing of a start that fails, though Hyper-V still holds its disk for a moment' {
        Set-StandIn Hold 1500
        Set-StandIn Fail 'Start-VM:1=OperationFailed'
        $null = Assert-Failure 'VMStartFailed' 'InvalidOperation' { Start-LinuxKitVM $image -Disk 1GB }
        Get-FileName | Should -Be "$Prefix-web-efi.iso"
    }

    It 'deletes the other disks of the VM all the same' {
        $null = New-LinuxKitVM $image -Name "$Prefix-a" -Disk 1GB, 2GB, 3GB
        $null = New-LinuxKitVM $image -Name "$Prefix-b" -Disk "$Prefix-a-disk1.vhdx"
        Get-LinuxKitVM -Id (Get-LinuxKitVM "$Prefix-a").Id | Remove-LinuxKitVM -RemoveDisk -Force -WarningAction SilentlyContinue
        Get-FileName | Should -Be "$Prefix-a-disk1.vhdx", "$Prefix-web-efi.iso"
    }

    It 'keeps the disks where the other VMs are not known' {
        $null = New-LinuxKitVM $image -Disk 1GB
        Set-StandIn Fail 'Get-VM:2=OperationFailed'
        Remove-LinuxKitVM "$Prefix-web" -RemoveDisk -Force -WarningVariable warning -WarningAction SilentlyContinue
        $warning.Message | Should -BeLike '*another one may have it*'
        Get-FileName | Should -Be "$Prefix-web-disk.vhdx", "$Prefix-web-efi.iso"
    }

    It 'says nothing of a disk that is gone: <How>' -TestCases @(
        @{ How = 'attached'; Detach = { } }
        @{ How = 'detached'; Detach = { Get-VMHardDiskDrive "$Prefix-web" | Remove-VMHardDiskDrive } }
    ) {
        $null = New-LinuxKitVM $image -Disk 1GB
        & $Detach
        Remove-Item "$Prefix-web-disk.vhdx"
        Remove-LinuxKitVM "$Prefix-web" -RemoveDisk -Force -WarningVariable warning
        $warning | Should -BeNullOrEmpty
        Get-FileName | Should -Be "$Prefix-web-efi.iso"
    }

    It 'keeps what the module did not make, and deletes the rest' {
        $null = New-VHD "./$Prefix-mine.vhdx" -SizeBytes 10MB
        $null = Start-LinuxKitVM $image -Disk size=1, "$Prefix-mine.vhdx"
        Remove-LinuxKitVM "$Prefix-web" -RemoveDisk -Force
        Get-TestVM | Should -BeNullOrEmpty
        Get-FileName | Should -Be "$Prefix-mine.vhdx", "$Prefix-web-efi.iso"
    }

    It 'deletes a disk whose name looks like a pattern: <Name>' -TestCases @(
        @{ Name = '[a-z].vhdx' }
        @{ Name = 'w[e]b.vhdx' }
        @{ Name = '[[].vhdx' }
        @{ Name = 'a`b.vhdx' }
    ) {
        $null = New-LinuxKitVM $image -Disk "file=$Name,size=4M"
        $Name | Should -BeIn (Get-FileName)
        Remove-LinuxKitVM "$Prefix-web" -RemoveDisk -Force
        Get-FileName | Should -Be "$Prefix-web-efi.iso"
    }

    It 'never deletes what a forged mark names' {
        $precious = Join-Path $TestDrive "$Prefix-precious.vhdx"
        Set-Content $precious data
        $null = New-LinuxKitVM $image
        $disks = ConvertTo-Json @($precious) -Compress
        Set-VM "$Prefix-web" -Notes "[LinuxKitHyperV] {`"id`":`"11111111-2222-3333-4444-555555555555`",`"image`":`"x`",`"disks`":$disks}"
        (Get-LinuxKitVM "$Prefix-web").Image | Should -Be x
        Remove-LinuxKitVM "$Prefix-web" -Force -RemoveDisk -WarningAction SilentlyContinue
        Get-TestVM | Should -BeNullOrEmpty
        $precious | Should -Exist
    }
}

Describe 'What Remove-LinuxKitVM says' -Tag HyperV {
    BeforeAll {
        $null = New-LinuxKitVM (New-TestImage linuxkit-efi.img db-efi.img) -Disk 1GB -Metadata x
        $made = (Convert-Path "$Prefix-db-metadata*.iso"), (Join-Path $TestDrive "$Prefix-db-boot.vhdx"), (Join-Path $TestDrive "$Prefix-db-disk.vhdx")
    }

    AfterAll {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'names with -WhatIf each file that is deleted: <Command>' -TestCases @(
        @{ Count = 2; Command = { Remove-LinuxKitVM "$Prefix-db" -WhatIf } }
        @{ Count = 3; Command = { Remove-LinuxKitVM "$Prefix-db" -RemoveDisk -WhatIf } }
    ) {
        $said = @(Get-ScreenLine $Command) -like "*`"$Prefix-db`"*"
        $said | Should -HaveCount 1
        $said | Should -BeLike "*`"Remove LinuxKit VM and delete $($made[0..($Count - 1)] -join ', ')`"*"
    }

    # The last one: it removes the VM.
    It 'tells with -Verbose each file that is deleted' {
        $verbose = Remove-LinuxKitVM "$Prefix-db" -RemoveDisk -Force -Verbose 4>&1 | ForEach-Object Message
        $verbose -match ' \(\d+ ms\)$' -replace ' \(\d+ ms\)$' | Should -Be (@("Remove the VM '$Prefix-db'") + ($made | ForEach-Object { "Delete '$_'" }))
        $made | Should -Not -Exist
    }
}

Describe 'A disk of a VM that is not attached any more' -Tag HyperV {
    AfterEach {
        Clear-TestVM

        # A host may still merge a checkpoint's disk: the folder goes in the end.
        Remove-Item *.vhdx, *.avhdx -ErrorAction SilentlyContinue
    }

    It 'stays, and that is told: <How>' -TestCases @(
        @{ How = 'detached'; Detach = { Get-VMHardDiskDrive "$Prefix-$How" | Remove-VMHardDiskDrive } }
        @{ How = 'in a checkpoint'; Detach = { Set-VM "$Prefix-$How" -CheckpointType Standard; Checkpoint-VM "$Prefix-$How" } }
    ) {
        if ($env:HYPERV_QEMU_HOME -and -not (Get-Command qemu-img -ErrorAction SilentlyContinue) -and $How -like '*checkpoint*') {
            Set-ItResult -Skipped -Because 'the stand-in makes checkpoints by qemu-img'
        }

        $null = New-LinuxKitVM $image -Name "$Prefix-$How" -Disk 1GB
        & $Detach
        Remove-LinuxKitVM "$Prefix-$How" -RemoveDisk -Force -WarningVariable warning -WarningAction SilentlyContinue
        $warning.Message | Should -BeLike "The disk '$(Join-Path $TestDrive "$Prefix-$How-disk.vhdx")' of the VM '$Prefix-$How' stays: it is not attached to it any more.*"
        Get-FileName | Should -Contain "$Prefix-$How-disk.vhdx"
    }
}
