# Another host, and one with an older Windows than this computer's.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $image = Copy-TestImage web
}

Describe 'A VM of a host with Windows Server 2016' -Tag HyperV {
    BeforeEach {
        Set-StandIn Hosts 'hv16:14393'
    }

    AfterEach {
        Clear-StandIn
    }

    It 'is made without what came later' {
        $vm = New-LinuxKitVM $image -ComputerName hv16 -Name "$Prefix-web" -NoNetwork
        $vm.Name | Should -Be "$Prefix-web"
        $vm.Version | Should -Be 8.0
        $vm.CheckpointType | Should -Be Disabled
        $vm | Remove-LinuxKitVM -Force
        Get-VM -ComputerName hv16 | Should -BeNullOrEmpty
    }
}

Describe 'A VM of another host' -Tag HyperV {
    AfterEach {
        Clear-StandIn
    }

    It 'is known by its object, <How>' -TestCases @(
        @{ How = 'from the pipeline'; Act = { $vm | Start-LinuxKitVM -NoCapture; $vm | Stop-LinuxKitVM -TurnOff; $vm | Remove-LinuxKitVM -Force } }
        @{ How = 'given by -VM'; Act = { Start-LinuxKitVM -VM $vm -NoCapture; Stop-LinuxKitVM -VM $vm -TurnOff; Remove-LinuxKitVM -VM $vm -Force } }
    ) {
        Set-StandIn Hosts hv02
        $vm = New-LinuxKitVM $image -ComputerName hv02 -Name "$Prefix-web" -NoNetwork
        $null = . $Act
        Get-VM -ComputerName hv02 | Should -BeNullOrEmpty
    }
}
