BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $name = "$Prefix-web"

    # The metadata images that the module made.
    function Get-MadeImage {
        (Get-Item "$name-metadata-*").FullName
    }

    function Get-OwnFile {
        (Get-Item "$Prefix*").FullName | Sort-Object
    }

    function Read-UserData([string] $Path) {
        ((& $PSScriptRoot/Read-MetadataImage.ps1 $Path).Files | Where-Object Path -eq user-data).Text
    }
}

AfterAll {
    Pop-Location
}

Describe 'Metadata' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Clear-TestVM
        Remove-Item "$Prefix*" -Exclude (Split-Path $image -Leaf)
    }

    Context 'of a new VM' {
        It 'lies behind the boot DVD and goes with the VM' {
            $vm = Start-LinuxKitVM $image -Disk size=1 -Metadata @{ host = 'web' }
            $vm.Metadata | Should -Be (Get-MadeImage)
            (Get-VMDvdDrive $vm).Path | Should -Be $image, $vm.Metadata
            (Get-VMFirmware $vm).BootOrder[0].Device.Path | Should -Be $image
            Read-UserData $vm.Metadata | ConvertFrom-Json | ForEach-Object { $_.host.content } | Should -Be web

            Remove-LinuxKitVM $name -Force
            Get-OwnFile | Split-Path -Leaf | Should -Be "$name-disk.vhdx", "$name-efi.iso"
        }

        It 'is an image of the user, who keeps it' {
            $iso = New-LinuxKitMetadata "$Prefix-m" text
            $vm = Start-LinuxKitVM $image -Name "$Prefix-a", "$Prefix-b" -MetadataPath $iso
            $vm.Metadata | Should -Be $iso.FullName, $iso.FullName
            (Get-LinuxKitVM "$Prefix-*").Metadata | Should -Be $iso.FullName, $iso.FullName
            Get-LinuxKitVM "$Prefix-*" | Remove-LinuxKitVM -Force
            Get-OwnFile | Split-Path -Leaf | Should -Be "$Prefix-m.iso", "$name-efi.iso"
        }

        It 'is deleted by no mark that somebody forged' {
            Set-Content "$Prefix-precious.iso" data
            $null = New-LinuxKitVM $image
            $mark = @{ id = [guid]::NewGuid(); image = 'x'; disks = @(); metadata = (Get-Item "$Prefix-precious.iso").FullName; ownsMetadata = $true }
            Set-VM $name -Notes "[LinuxKitHyperV] $(ConvertTo-Json $mark -Compress)"
            (Get-LinuxKitVM $name).Metadata | Should -Be $mark.metadata
            Remove-LinuxKitVM $name -Force
            "$Prefix-precious.iso" | Should -Exist
        }

        It 'is gone with a start that fails: <Fault>' -TestCases @(
            @{ Fault = 'Add-VMDvdDrive:2=OperationFailed'; Id = 'MetadataInsertFailed' }
            @{ Fault = 'Start-VM:1=OperationFailed'; Id = 'VMStartFailed' }
            @{ Fault = 'Start-VM:1=OperationFailed@After'; Id = 'VMStartFailed' }
        ) {
            Set-StandIn Fail $Fault
            $null = Assert-Failure $Id 'InvalidOperation' { Start-LinuxKitVM $image -Metadata x }
            Clear-StandIn
            Get-TestVM | Should -BeNullOrEmpty
            Get-OwnFile | Should -Be $image
        }

        It 'cannot be made on another host' {
            Set-StandIn Hosts hv02
            $null = Assert-Failure 'MetadataNeedsThisComputer' 'NotImplemented' { New-LinuxKitVM C:/web-efi.iso -ComputerName hv02 -NoNetwork -Metadata x }
        }

        It 'is refused where <What>: <Id>' -TestCases @(
            @{ What = 'it is missing'; Id = 'MetadataNotFound'; Category = 'ObjectNotFound'; Options = @{ MetadataPath = 'missing' } }
            @{ What = 'the image is missing'; Id = 'MetadataNotFound'; Category = 'ObjectNotFound'; Options = @{ MetadataPath = 'missing.iso' } }
            @{ What = 'it is given twice'; Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Options = @{ MetadataPath = 'm.iso'; Metadata = 'x' } }
        ) {
            $null = Assert-Failure $Id $Category { New-LinuxKitVM $image @Options }
            Get-TestVM | Should -BeNullOrEmpty
            Get-MadeImage | Should -BeNullOrEmpty
        }
    }

    Context 'of a VM that exists' {
        It 'is replaced, and the notes of the user stay' {
            $old = (New-LinuxKitVM $image -Metadata old).Metadata
            Set-VM $name -Notes "mine`n$((Get-VM $name).Notes)"
            $vm = Start-LinuxKitVM -Name $name -Metadata new
            $vm.Metadata | Should -Be (Get-MadeImage)
            $vm.Metadata | Should -Not -Be $old
            $vm.State | Should -Be Running
            $vm.Notes | Should -BeLike "mine`n*"
            (Get-VMDvdDrive $vm).Path | Should -Be $image, $vm.Metadata
            Read-UserData $vm.Metadata | Should -BeExactly new
            Remove-LinuxKitVM $name -Force
            Get-MadeImage | Should -BeNullOrEmpty
        }

        It 'is given to one that has none' {
            $null = New-LinuxKitVM $image
            $vm = Get-LinuxKitVM $name | Start-LinuxKitVM -Metadata new
            (Get-VMDvdDrive $name).Path | Should -Be $image, $vm.Metadata
            Remove-LinuxKitVM $name -Force
            Get-MadeImage | Should -BeNullOrEmpty
        }

        It 'stays where it cannot be replaced: <Fault>' -TestCases @(
            @{ Fault = 'Set-VMDvdDrive:1=OperationFailed'; Id = 'MetadataInsertFailed' }
            @{ Fault = 'Get-VMDvdDrive:1=OperationFailed'; Id = 'MetadataInsertFailed' }
            @{ Fault = 'Set-VMDvdDrive:2=OperationFailed'; Id = 'MetadataInsertFailed' }
            @{ Fault = 'Set-VM:1=OperationFailed'; Id = 'VMConfigurationFailed' }
            @{ Fault = 'Set-VM:1=OperationFailed@After'; Id = 'VMConfigurationFailed' }
            @{ Fault = 'Start-VM:1=OperationFailed'; Id = 'VMStartFailed' }
        ) {
            $old = (New-LinuxKitVM $image -Metadata old).Metadata
            $notes = (Get-VM $name).Notes
            Set-StandIn Fail $Fault
            $null = Assert-Failure $Id 'InvalidOperation' { Start-LinuxKitVM -Name $name -Metadata new }
            Clear-StandIn
            Get-MadeImage | Should -Be $old
            Read-UserData $old | Should -BeExactly old
            (Get-VMDvdDrive $name).Path | Should -Be $image, $old
            (Get-VM $name).State | Should -Be Off
            (Get-VM $name).Notes | Should -BeExactly $notes
            (Get-LinuxKitVM $name).Metadata | Should -Be $old
        }
    }

    It 'stays as it is with -WhatIf' {
        $vm = New-LinuxKitVM $image -Metadata old
        $notes = $vm.Notes
        New-LinuxKitVM $image -Name "$Prefix-new" -Metadata x -WhatIf | Should -BeNullOrEmpty
        Start-LinuxKitVM -Name $name -Metadata new -WhatIf | Should -BeNullOrEmpty
        (Get-TestVM).Name | Should -Be $name
        (Get-VM $name).Notes | Should -BeExactly $notes
        (Get-VM $name).State | Should -Be Off
        (Get-VMDvdDrive $name).Path | Should -Be $image, $vm.Metadata
        Get-OwnFile | Should -Be $image, $vm.Metadata
    }

    Context 'and an image that may not be deleted' {
        BeforeEach {
            $metadata = (New-LinuxKitVM $image -Metadata secret).Metadata
        }

        It 'tells that it stays where <Reason>' -TestCases @(
            @{ Reason = 'it is in no drive of it any more'; Change = { Get-VMDvdDrive "$Prefix-web" | Where-Object Path -eq $metadata | Remove-VMDvdDrive } }
            @{ Reason = 'it is not the one that was made for it'; Change = { Add-Content $metadata 'another' } }
        ) {
            . $Change
            Remove-LinuxKitVM "$Prefix-web" -Force -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -Be "The metadata image '$metadata' of the VM '$Prefix-web' stays: $Reason. What is in it may be a secret."
            $metadata | Should -Exist
        }

        It 'tells that it stays when new metadata takes its place' {
            Add-Content $metadata 'another'
            $null = Start-LinuxKitVM -Name "$Prefix-web" -Metadata new -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -Be "The metadata image '$metadata' of the VM '$Prefix-web' stays: it is not the one that was made for it. What is in it may be a secret."
            $metadata | Should -Exist
        }

        It 'says nothing of one that is gone' {
            Get-VMDvdDrive "$Prefix-web" | Where-Object Path -eq $metadata | Remove-VMDvdDrive
            Remove-Item $metadata
            Remove-LinuxKitVM "$Prefix-web" -Force -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
        }
    }
}
