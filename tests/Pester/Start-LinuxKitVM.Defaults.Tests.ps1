BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'The VM of an image, by default' -Tag HyperV {
    BeforeAll {
        $vm = Start-LinuxKitVM $image
    }

    AfterAll {
        Clear-TestVM
    }

    It 'has <Property> <Value>' -TestCases @(
        @{ Property = 'State'; Value = 'Running' }
        @{ Property = 'Generation'; Value = 2 }
        @{ Property = 'ProcessorCount'; Value = 1 }
        @{ Property = 'MemoryStartup'; Value = 1GB }
        @{ Property = 'DynamicMemoryEnabled'; Value = $false }
        @{ Property = 'CheckpointType'; Value = 'Disabled' }
        @{ Property = 'AutomaticStartAction'; Value = 'Nothing' }
        @{ Property = 'AutomaticStopAction'; Value = 'ShutDown' }
    ) {
        $vm.$Property | Should -Be $Value
    }

    It 'has no automatic checkpoints' {
        if (-not (Get-Command Hyper-V\Set-VM).Parameters.ContainsKey('AutomaticCheckpointsEnabled')) {
            Set-ItResult -Skipped -Because 'this Hyper-V makes none'
        }
        $vm.AutomaticCheckpointsEnabled | Should -Be $false
    }

    It 'is named after the image, and so is its console' {
        $vm.Name | Should -Be "$Prefix-web"
        $vm.Image | Should -Be $image
        $vm.ConsolePipe | Should -Be "\\.\pipe\$Prefix-web-com1"
    }

    It 'boots the image, with Secure Boot off' {
        $firmware = Get-VMFirmware "$Prefix-web"
        $firmware.SecureBoot | Should -Be 'Off'
        $firmware.BootOrder[0].Device.Path | Should -Be $image
    }

    It 'is connected to the first external switch, or else to the Default Switch' {
        $switch = @(Get-VMSwitch -SwitchType External) + @(Get-VMSwitch | Where-Object Id -eq 'c08cb7b8-9b3c-408e-8e30-5e16a3aeb444') | Select-Object -First 1
        (Get-VMNetworkAdapter "$Prefix-web").SwitchName | Should -Be $switch.Name
    }

    It "is Hyper-V's own object, with more to it" {
        $vm.PSObject.TypeNames[0, 1] | Should -Be 'LinuxKitHyperV.VirtualMachine', 'Microsoft.HyperV.PowerShell.VirtualMachine'
    }
}

Describe 'What else Start-LinuxKitVM meets' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'adds nothing to the object that the user holds' {
        $null = New-LinuxKitVM $image
        $vm = Get-VM "$Prefix-web"
        $null = $vm | Start-LinuxKitVM
        $vm.PSObject.TypeNames[0] | Should -Be 'Microsoft.HyperV.PowerShell.VirtualMachine'
    }

    It 'leaves a pipe to whoever has it' {
        $taken = [IO.Pipes.NamedPipeServerStream]::new("$Prefix-web-com1")
        try {
            (Start-LinuxKitVM $image).ConsolePipe | Should -Match "^\\\\\.\\pipe\\$Prefix-web-[0-9a-f]{32}-com1$"
        }
        finally {
            $taken.Dispose()
        }
    }
}
