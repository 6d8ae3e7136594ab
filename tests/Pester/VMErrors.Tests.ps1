BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'What goes wrong with a VM' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Clear-OtherVM
        Clear-TestVM
    }

    It 'is <Id> for <Command>' -TestCases @(
        @{ Id = 'VMNotFound'; Category = 'ObjectNotFound'; Command = { Get-LinuxKitVM "$Prefix-nobody" } }
        @{ Id = 'VMNotFound'; Category = 'ObjectNotFound'; Command = { $vm = New-LinuxKitVM $image; Remove-VM $vm.Name -Force; $vm | Remove-LinuxKitVM -Force } }
        @{ Id = 'VMQueryFailed'; Category = 'ObjectNotFound'; Command = { $vm = New-LinuxKitVM $image; Set-StandIn Broken vmms; $vm | Get-LinuxKitVM } }
        @{ Id = 'VMNotMadeByLinuxKitHyperV'; Category = 'InvalidOperation'; Command = { Get-LinuxKitVM (New-VM "$Prefix-other" -NoVHD).Name } }
        @{ Id = 'VMNotMadeByLinuxKitHyperV'; Category = 'InvalidOperation'; Command = { Get-LinuxKitVM -Id (New-VM "$Prefix-other" -NoVHD).Id } }
        @{ Id = 'VMNotMadeByLinuxKitHyperV'; Category = 'InvalidOperation'; Command = { New-VM "$Prefix-other" -NoVHD | Remove-LinuxKitVM -Force } }
        @{ Id = 'VMRunning'; Category = 'InvalidOperation'; Command = { Start-LinuxKitVM $image | Remove-LinuxKitVM -Confirm:$false } }
        @{ Id = 'VMRunning'; Category = 'InvalidOperation'; Command = { Start-LinuxKitVM $image | Remove-LinuxKitVM -WhatIf } }
        @{ Id = 'VMNotRunning'; Category = 'InvalidOperation'; Command = { New-LinuxKitVM $image | Connect-LinuxKitConsole } }
        @{ Id = 'InvalidEscapeKey'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image | Connect-LinuxKitConsole -EscapeKey x } }
        @{ Id = 'InvalidEscapeKey'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -Console -EscapeKey x } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -EscapeKey Ctrl+A } }
        @{ Id = 'TpmSetupFailed'; Category = 'InvalidOperation'; Fail = 'Set-VMKeyProtector:1=OperationFailed'; Command = { New-LinuxKitVM $image -Tpm } }
        @{ Id = 'TpmSetupFailed'; Category = 'InvalidOperation'; Fail = 'Enable-VMTPM:1=OperationFailed'; Command = { New-LinuxKitVM $image -Tpm } }
    ) {
        if ($Fail) { Set-StandIn Fail $Fail }
        $null = Assert-Failure $Id $Category $Command
    }

    It 'goes on with the other VMs' {
        $null = New-LinuxKitVM $image -Name "$Prefix-a", "$Prefix-b", "$Prefix-c"
        Set-StandIn Fail 'Remove-VM:2=OperationFailed'
        $null = Assert-Failure 'VMRemovalFailed' 'InvalidOperation' { Remove-LinuxKitVM "$Prefix-a", "$Prefix-nobody*", "$Prefix-b", "$Prefix-c" -Force }
        (Get-TestVM).Name | Should -Be "$Prefix-b"
    }

    Context 'that vanishes meanwhile' {
        AfterEach {
            Remove-Item *.vhdx
        }

        It 'is told: <Id> from <Cmdlet> of <Command>' -TestCases @(
            @{ Id = 'VMShutdownFailed'; Cmdlet = 'Get-VMIntegrationService'; Command = { Stop-LinuxKitVM "$Prefix-web" } }
            @{ Id = 'VMShutdownFailed'; Cmdlet = 'Stop-VM'; Command = { Stop-LinuxKitVM "$Prefix-web" } }
            @{ Id = 'VMTurnOffFailed'; Cmdlet = 'Stop-VM'; Command = { Stop-LinuxKitVM "$Prefix-web" -TurnOff } }
            @{ Id = 'VMTurnOffFailed'; Cmdlet = 'Stop-VM'; Command = { Remove-LinuxKitVM "$Prefix-web" -Force } }
            @{ Id = 'VMRemovalFailed'; Cmdlet = 'Remove-VM'; Command = { Remove-LinuxKitVM "$Prefix-web" -Force -RemoveDisk } }
            @{ Id = 'VMStartFailed'; Cmdlet = 'Start-VM'; Command = { Stop-VM "$Prefix-web" -TurnOff; Start-LinuxKitVM -Name "$Prefix-web" } }
            @{ Id = 'VMStartFailed'; Cmdlet = 'Resume-VM'; Command = { Suspend-VM "$Prefix-web"; Start-LinuxKitVM -Name "$Prefix-web" } }
        ) {
            $null = Start-LinuxKitVM $image -Disk size=1
            Set-StandIn Fail "${Cmdlet}:1=Vanish"
            $failure = Assert-Failure $Id ObjectNotFound $Command
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*removed meanwhile*'
            Get-FileName | Should -Be "$Prefix-web-disk.vhdx", "$Prefix-web-efi.iso"
        }
    }

    Context 'whose making was cut short' {
        BeforeEach {
            # As the module names it until it is finished.
            $unfinished = "LinuxKitHyperV-unfinished-$([guid]::NewGuid().ToString('N'))-$Prefix-web"
            $null = New-VM $unfinished -NoVHD
        }

        AfterEach {
            Get-VM | Where-Object Name -EQ $unfinished | Remove-VM -Force
        }

        It 'is told to who makes it again' {
            $null = Assert-Failure 'VMUnfinished' 'ResourceExists' { New-LinuxKitVM $image }
        }

        It 'is shown, and can be removed' {
            $vm = Get-LinuxKitVM $unfinished
            $vm.IsUnfinished | Should -BeTrue
            $vm | Remove-LinuxKitVM -Force
            (Get-VM).Name | Should -Not -Contain $unfinished
        }
    }
}
