BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $name = "$Prefix-web"

    # No name server is on it.
    $lab = New-VMSwitch "$Prefix-lab" -SwitchType Private
}

AfterAll {
    Remove-VMSwitch $lab -Force
    Pop-Location
}

Describe 'Get-LinuxKitIPAddress' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Clear-TestVM
    }

    It 'reads the neighbor table' {
        Get-Module NetTCPIP | Remove-Module
        $neighbors = New-Module NetTCPIP {
            function Get-NetNeighbor {
                [CmdletBinding()]
                param([string[]] $LinkLayerAddress, $CimSession)

                if ($LinkLayerAddress -eq '00-15-5D-0A-FE-04') {
                    [pscustomobject] @{ IPAddress = 'fe80::1'; LinkLayerAddress = '00-15-5D-0A-FE-04'; State = 'Stale' }
                    [pscustomobject] @{ IPAddress = '10.1.2.3'; LinkLayerAddress = '00-15-5D-0A-FE-04'; State = 'Reachable' }
                }
            }
        } | Import-Module -PassThru
        try {
            $null = Start-LinuxKitVM $image -SwitchName $lab -NoCapture -MacAddress 00155D0AFE04
            $addresses = Get-LinuxKitIPAddress $name
            (Wait-LinuxKitVM $name -For IPAddress -TimeoutSec 60).Name | Should -Be $name
        }
        finally {
            Remove-Module $neighbors
        }

        $addresses | ForEach-Object { "$_" } | Should -Be 10.1.2.3, fe80::1
        $addresses | ForEach-Object { "$($_.VMName) $($_.Source) $($_.MacAddress) $($_.SwitchName)" } | Select-Object -Unique |
            Should -Be "$name Neighbor 00155D0AFE04 $Prefix-lab"
    }

    It 'reads what the guest said on its console' {
        $port = Connect-Guest (Start-LinuxKitVM $image -SwitchName $lab)
        try {
            Write-Guest $port "udhcpc: lease of 10.0.2.15 obtained from 10.0.2.2`r`n"
            (Wait-LinuxKitVM $name -For IPAddress -TimeoutSec 60).Name | Should -Be $name
            $address = Get-LinuxKitIPAddress $name
            "$address" | Should -Be 10.0.2.15
            $address.Source | Should -Be ConsoleText
        }
        finally {
            Clear-TestVM
            $port.Dispose()
        }
    }

    It 'says that nobody knows' {
        $null = Start-LinuxKitVM $image -SwitchName $lab -NoCapture
        $failure = Assert-Failure 'IPAddressNotFound' 'ObjectNotFound' { Get-LinuxKitIPAddress $name }
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly '-UseConsole'
        $null = Assert-Failure 'VMWaitTimeout' 'OperationTimeout' { Wait-LinuxKitVM $name -For IPAddress -TimeoutSec 1 }
    }

    It 'refuses a VM that <What>: <Id>' -TestCases @(
        @{ What = 'is off'; Id = 'VMNotRunning'; Leave = { Stop-VM $name -TurnOff -Force } }
        @{ What = 'is on no switch'; Id = 'VMHasNoNetwork'; Leave = { Get-VMNetworkAdapter $name | Disconnect-VMNetworkAdapter } }
        @{ What = 'has no adapter'; Id = 'VMHasNoNetwork'; Options = @{ NoNetwork = $true }; Leave = { } }
    ) {
        if (-not $Options) { $Options = @{ SwitchName = $lab } }
        $null = Start-LinuxKitVM $image -NoCapture @Options
        & $Leave
        $null = Assert-Failure $Id 'InvalidOperation' { Get-LinuxKitIPAddress $name }

        # Nor is anything waited for.
        $null = Assert-Failure $Id 'InvalidOperation' { Wait-LinuxKitVM $name -For IPAddress -TimeoutSec 600 }
    }

    It 'refuses a VM whose adapters Hyper-V does not list' {
        $null = Start-LinuxKitVM $image -SwitchName $lab -NoCapture
        Set-StandIn Fail 'Get-VMNetworkAdapter:1=OperationFailed'
        $null = Assert-Failure 'NetworkQueryFailed' 'InvalidOperation' { Get-LinuxKitIPAddress $name }
    }

    It 'refuses a VM that is not there' {
        $null = Assert-Failure 'VMNotFound' 'ObjectNotFound' { Get-LinuxKitIPAddress "$Prefix-nobody" }
    }
}
