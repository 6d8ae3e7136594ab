# A host with an older Windows than this computer's.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
}

Describe 'A VM of a host with Windows Server 2016' -Tag HyperV {
    BeforeEach {
        Set-StandIn Hosts 'hv16:14393'
    }

    AfterEach {
        Clear-StandIn
    }

    It 'is made without what came later' {
        $vm = New-LinuxKitVM (Copy-TestImage web) -ComputerName hv16 -Name "$Prefix-web" -NoNetwork
        $vm.Name | Should -Be "$Prefix-web"
        $vm.Version | Should -Be 8.0
        $vm.CheckpointType | Should -Be Disabled
        $vm | Remove-LinuxKitVM -Force
        Get-VM -ComputerName hv16 | Should -BeNullOrEmpty
    }
}
