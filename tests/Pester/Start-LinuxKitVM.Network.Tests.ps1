BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'The network of Start-LinuxKitVM' -Tag HyperV {
    BeforeAll {
        $net = New-VMSwitch "$Prefix-net" -SwitchType Private
        $lab = New-VMSwitch "$Prefix-lab" -SwitchType Private
        $twin = New-VMSwitch "$Prefix-lab" -SwitchType Private
    }

    AfterAll {
        $net, $lab, $twin | Remove-VMSwitch -Force
    }

    AfterEach {
        Clear-StandIn
        Get-TestVM | Where-Object Name -like '*-other' | Remove-VM -Force
        Clear-TestVM
    }

    It 'has an adapter for each switch' {
        $null = Start-LinuxKitVM $image -SwitchName "$Prefix-net", $lab, $twin.Id -VlanId 5, 6, 7 -MacAddress 00155D0AFE01, 00-15-5d-0a-fe-02, 00:15:5D:0A:FE:03
        $adapters = Get-VMNetworkAdapter "$Prefix-web"
        $adapters.SwitchId | Should -Be $net.Id, $lab.Id, $twin.Id
        $adapters.SwitchName | Should -Be "$Prefix-net", "$Prefix-lab", "$Prefix-lab"
        $adapters.MacAddress | Should -Be '00155D0AFE01', '00155D0AFE02', '00155D0AFE03'
        $adapters.VlanSetting | ForEach-Object { "$($_.OperationMode) $($_.AccessVlanId)" } | Should -Be 'Access 5', 'Access 6', 'Access 7'
    }

    It 'has addresses of Hyper-V, and one VLAN for all adapters' {
        $null = New-LinuxKitVM $image -Name "$Prefix-a", "$Prefix-b" -SwitchName "$Prefix-net", "$Prefix-net" -VlanId 9
        Get-VMNetworkAdapter "$Prefix-a", "$Prefix-b" | ForEach-Object { "$($_.DynamicMacAddressEnabled) $($_.VlanSetting.AccessVlanId)" } | Should -Be 'True 9', 'True 9', 'True 9', 'True 9'
    }

    It 'is <Id> for <Command>' -TestCases @(
        @{ Id = 'SwitchNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM $image -SwitchName "$Prefix-nowhere" } }
        @{ Id = 'SwitchNotFound'; Category = 'ObjectNotFound'; Command = { Start-LinuxKitVM $image -SwitchName ([guid]::NewGuid()) } }
        @{ Id = 'SwitchAmbiguous'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -SwitchName "$Prefix-lab" } }
        @{ Id = 'MacAddressInvalid'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -MacAddress 00155D } }
        @{ Id = 'MacAddressInvalid'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -MacAddress 01-00-5E-00-00-01 } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -NoNetwork -VlanId 5 } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -VlanId 5, 6 } }
        @{ Id = 'ParametersDoNotGoTogether'; Category = 'InvalidArgument'; Command = { Start-LinuxKitVM $image -MacAddress 00155D0AFE01, 00155D0AFE02 } }
        @{
            Id = 'MacAddressInUse'; Category = 'ResourceExists'
            Command = {
                $null = New-VM "$Prefix-other" -NoVHD
                Set-VMNetworkAdapter "$Prefix-other" -StaticMacAddress 00155D0AFE01
                Start-LinuxKitVM $image -MacAddress 00:15:5d:0a:fe:01
            }
        }
    ) {
        $null = Assert-Failure $Id $Category $Command
        Get-TestVM | Where-Object Name -notlike '*-other' | Should -BeNullOrEmpty
    }

    It 'is not begun where it is not known who has an address' {
        Set-StandIn Fail 'Get-VMNetworkAdapter:1=OperationFailed'
        $null = Assert-Failure 'NetworkQueryFailed' 'InvalidOperation' { Start-LinuxKitVM $image -MacAddress 00155D0AFE01 }
        Get-TestVM | Should -BeNullOrEmpty
    }
}
