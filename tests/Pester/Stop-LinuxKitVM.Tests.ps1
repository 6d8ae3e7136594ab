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
    ) {
        Set-StandIn Guest $Guest
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
