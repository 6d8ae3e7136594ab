BeforeAll {
    . $PSScriptRoot/Setup.ps1
    $image = Copy-TestImage web-efi
}

# Its guest is in memory, though it does not run.
Describe 'A VM that is paused' -Tag HyperV {
    BeforeEach {
        $null = Start-LinuxKitVM $image -NoNetwork -NoCapture
        Suspend-VM "$Prefix-web"
    }

    AfterEach {
        Clear-TestVM
    }

    It 'is not removed' {
        { Remove-LinuxKitVM "$Prefix-web" -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'VMRunning,LinuxKitHyperV.Commands.RemoveLinuxKitVMCommand'
        (Get-TestVM).State | Should -Be 'Paused'
    }

    It 'is turned off and removed with -Force' {
        Remove-LinuxKitVM "$Prefix-web" -Force
        Get-TestVM | Should -BeNullOrEmpty
    }

    It 'is not shut down' {
        { Stop-LinuxKitVM "$Prefix-web" -ErrorAction Stop } | Should -Throw -ErrorId 'VMNotRunning,LinuxKitHyperV.Commands.StopLinuxKitVMCommand'
        (Get-TestVM).State | Should -Be 'Paused'
    }

    It 'is turned off with <Parameters>' -TestCases @(
        @{ Parameters = @{ TurnOff = $true } }
        @{ Parameters = @{ Force = $true } }
    ) {
        Stop-LinuxKitVM "$Prefix-web" @Parameters
        (Get-TestVM).State | Should -Be 'Off'
    }
}
