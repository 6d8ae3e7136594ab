BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'Stop-LinuxKitVM, where the guest does not shut down' -Tag HyperV {
    AfterEach {
        Clear-StandIn
        Clear-TestVM
    }

    It 'says why: the guest is <Guest>' -TestCases @(
        @{ Guest = 'no-contact'; Id = 'VMShutdownServiceMissing'; Category = 'ResourceUnavailable' }
        @{ Guest = 'stubborn'; Id = 'VMShutdownFailed'; Category = 'InvalidOperation' }
        @{ Guest = 'locked'; Id = 'VMShutdownFailed'; Category = 'InvalidOperation' }
        @{ Guest = 'just-reset'; Id = 'VMShutdownFailed'; Category = 'InvalidOperation' }
    ) {
        Set-StandIn Guest $Guest
        Set-StandIn Patience 100
        $null = Start-LinuxKitVM $image
        $null = Assert-Failure $Id $Category { Stop-LinuxKitVM "$Prefix-web" }
        (Get-VM "$Prefix-web").State | Should -Be 'Running'

        Stop-LinuxKitVM "$Prefix-web" -Force
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }

    It 'waits no longer than it is told' {
        $null = Start-LinuxKitVM $image
        Set-StandIn Delay 'Stop-VM=3600000'
        $null = Assert-Failure 'VMShutdownTimeout' 'OperationTimeout' { Stop-LinuxKitVM "$Prefix-web" -TimeoutSec 1 }
        Clear-StandIn
        (Get-VM "$Prefix-web").State | Should -Be 'Running'
    }

    It 'turns nothing off that takes its time' {
        Set-StandIn Guest slow
        $null = Start-LinuxKitVM $image
        $null = Assert-Failure 'VMShutdownTimeout' 'OperationTimeout' { Stop-LinuxKitVM "$Prefix-web" -TimeoutSec 1 }
        (Get-VM "$Prefix-web").State | Should -Be 'Running'

        Stop-LinuxKitVM "$Prefix-web"
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }

    It 'turns off, with -Force, what is in the middle of a shutdown, as soon as that can be done' {
        Set-StandIn Guest stubborn
        Set-StandIn Stopping 3000
        $null = Start-LinuxKitVM $image
        Stop-LinuxKitVM "$Prefix-web" -Force -TimeoutSec 1
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }

    It 'throws nothing away unasked that is <State>' -TestCases @(
        @{ State = 'saved'; Leave = { Save-VM "$Prefix-web" } }
        @{ State = 'paused'; Leave = { Suspend-VM "$Prefix-web" } }
    ) {
        $null = Start-LinuxKitVM $image
        & $Leave
        $failure = Assert-Failure 'VMNotRunning' 'InvalidOperation' { Stop-LinuxKitVM "$Prefix-web" }
        $failure.Exception.Message | Should -BeLike "* is $State,*"
        (Get-VM "$Prefix-web").State | Should -Be $State

        Stop-LinuxKitVM "$Prefix-web" -TurnOff
        (Get-VM "$Prefix-web").State | Should -Be 'Off'
    }
}
