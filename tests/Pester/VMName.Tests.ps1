# Which VMs -Name means, where a name looks like a pattern or several names mean the same VM.
BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'A name that looks like a pattern' -Tag HyperV {
    Context 'of VMs that are looked for' {
        BeforeAll {
            $null = New-LinuxKitVM $image -Name "$Prefix-w[1]", "$Prefix-w1", "$Prefix-a``[b" -NoNetwork
        }

        AfterAll {
            Clear-TestVM
        }

        It 'means the VM that is called so, else those that match: <Name> means <Found>' -TestCases @(
            @{ Name = 'w[1]'; Found = 'w[1]' }
            @{ Name = 'W[1]'; Found = 'w[1]' }
            @{ Name = 'w`[1`]'; Found = 'w[1]' }
            @{ Name = 'w[[]1]'; Found = 'w[1]' }
            @{ Name = 'w`[*'; Found = 'w[1]' }
            @{ Name = 'w1'; Found = 'w1' }
            @{ Name = 'w[1-9]'; Found = 'w1' }
            @{ Name = 'w*'; Found = 'w1', 'w[1]' }
            @{ Name = 'w[2]'; Found = @() }
        ) {
            $names = (Get-LinuxKitVM -Name "$Prefix-$Name" -ErrorAction Stop).Name
            $names | Sort-Object | Should -Be ($Found | ForEach-Object { "$Prefix-$_" } | Sort-Object)
        }

        It 'finds the VM when PowerShell escapes it' {
            $names = "$Prefix-w[1]", "$Prefix-a``[b"
            ($names | ForEach-Object { Get-LinuxKitVM ([WildcardPattern]::Escape($_)) }).Name | Should -Be $names
        }
    }

    Context 'of VMs that are removed' {
        AfterEach {
            Clear-OtherVM
            Clear-TestVM
            Remove-Item *.vhdx
        }

        It 'means the VM that is called so also where it is another one escaped' {
            $null = New-LinuxKitVM $image -Name "$Prefix-w[1]", "$Prefix-w``[1``]" -NoNetwork
            (Get-LinuxKitVM "$Prefix-w``[1``]").Name | Should -Be "$Prefix-w``[1``]"
        }

        It 'removes no VM but the one: <Name>' -TestCases @(
            @{ Name = 'w[1]' }
            @{ Name = 'w`[1`]' }
        ) {
            $null = New-LinuxKitVM $image -Name "$Prefix-w[1]", "$Prefix-w1" -NoNetwork -Disk size=1
            Remove-LinuxKitVM -Name "$Prefix-$Name" -Force -RemoveDisk
            (Get-TestVM).Name | Should -Be "$Prefix-w1"
            Get-FileName | Should -Be "$Prefix-w1-disk.vhdx", "$Prefix-web-efi.iso"
        }

        It 'acts on it beside a VM of others that it would match: <Command>' -TestCases @(
            @{ Command = { Remove-LinuxKitVM -Name "$Prefix-w[1]" -Force -RemoveDisk } }
            @{ Command = { Get-LinuxKitVM "$Prefix-w[1]" | Remove-LinuxKitVM -Force -RemoveDisk } }
            @{ Command = { Start-LinuxKitVM -Name "$Prefix-w[1]" -NoCapture | Remove-LinuxKitVM -Force -RemoveDisk } }
            @{ Command = { $null = Start-LinuxKitVM -Name "$Prefix-w[1]" -NoCapture; Stop-LinuxKitVM "$Prefix-w[1]" -TurnOff -PassThru | Remove-LinuxKitVM -Force -RemoveDisk } }
        ) {
            $null = New-VM "$Prefix-w1" -NoVHD
            $null = New-LinuxKitVM $image -Name "$Prefix-w[1]" -NoNetwork
            & $Command
            (Get-TestVM).Name | Should -Be "$Prefix-w1"
        }

        It 'says that there is none of ours, and touches no other: <Name>' -TestCases @(
            @{ Name = 'w[1]'; Id = 'VMNotMadeByLinuxKitHyperV'; Category = 'InvalidOperation' }
            @{ Name = 'w`[1`]'; Id = 'VMNotMadeByLinuxKitHyperV'; Category = 'InvalidOperation' }
            @{ Name = 'w`[2`]'; Id = 'VMNotFound'; Category = 'ObjectNotFound' }
            @{ Name = 'w[2'; Id = 'VMNotFound'; Category = 'ObjectNotFound' }
            @{ Name = '[3-2]'; Id = 'VMNotFound'; Category = 'ObjectNotFound' }
        ) {
            $null = New-VM "$Prefix-w[1]" -NoVHD
            $null = New-LinuxKitVM $image -Name "$Prefix-w1", "$Prefix-w2" -NoNetwork
            $null = Assert-Failure $Id $Category { Remove-LinuxKitVM -Name "$Prefix-$Name" -Force }
            Get-TestVM | Should -HaveCount 3
        }
    }
}

Describe 'A VM that is asked for twice' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'is removed once: <Command>' -TestCases @(
        @{ Command = { Remove-LinuxKitVM "$Prefix-o1", "$Prefix-O*" @force } }
        @{ Command = { Remove-LinuxKitVM "$Prefix-o1", "$Prefix-O1", "$Prefix-o2" @force } }
        @{ Command = { $id = (Get-LinuxKitVM "$Prefix-*").Id; Remove-LinuxKitVM -Id ($id + $id) @force } }
        @{ Command = { $vm = Get-LinuxKitVM "$Prefix-*"; Remove-LinuxKitVM -VM ($vm + $vm) @force } }
        @{ Command = { Remove-LinuxKitVM "$Prefix-o*" -ComputerName ., localhost, ([Environment]::MachineName) @force } }
    ) {
        $null = New-LinuxKitVM $image -Name "$Prefix-o1", "$Prefix-o2" -NoNetwork -Disk size=1
        $force = @{ Force = $true; RemoveDisk = $true; ErrorAction = 'Stop'; WarningAction = 'Stop' }
        & $Command
        Get-TestVM | Should -BeNullOrEmpty
        Get-FileName | Should -Be "$Prefix-web-efi.iso"
    }

    It 'is emitted once, in the order of the question: <Command>' -TestCases @(
        @{ Emitted = 'a2', 'a1'; Command = { Get-LinuxKitVM "$Prefix-a2", "$Prefix-A2", "$Prefix-a*" } }
        @{ Emitted = 'a1', 'a2'; Command = { Get-LinuxKitVM "$Prefix-a*", "$Prefix-a2" } }
        @{ Emitted = 'a1'; Command = { Start-LinuxKitVM -Name "$Prefix-a1", "$Prefix-a[1]" -NoCapture } }
        @{ Emitted = 'a1'; Command = { Stop-LinuxKitVM "$Prefix-a1", "$Prefix-a[1]" -PassThru -WarningAction Ignore } }
    ) {
        $null = New-LinuxKitVM $image -Name "$Prefix-a1", "$Prefix-a2" -NoNetwork
        (& $Command).Name | Should -Be ($Emitted | ForEach-Object { "$Prefix-$_" })
    }
}
