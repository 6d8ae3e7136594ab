BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'The memory of New-LinuxKitVM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'is dynamic between <Minimum> and <Maximum> MB with <Options>' -TestCases @(
        @{ Minimum = 512; Startup = 1024; Maximum = 4096; Options = @{ MemoryMaximumBytes = 4GB } }
        @{ Minimum = 256; Startup = 256; Maximum = 1024; Options = @{ MemoryStartupBytes = 256MB; MemoryMaximumBytes = 1GB } }
        @{ Minimum = 768; Startup = 1024; Maximum = 1024; Options = @{ MemoryStartupBytes = 1GB; MemoryMinimumBytes = 768MB; MemoryMaximumBytes = 1GB } }
    ) {
        $null = New-LinuxKitVM $image @Options
        $vm = Get-VM "$Prefix-web"
        $vm.DynamicMemoryEnabled | Should -BeTrue
        $vm.MemoryMinimum, $vm.MemoryStartup, $vm.MemoryMaximum | Should -Be ($Minimum * 1MB), ($Startup * 1MB), ($Maximum * 1MB)
    }

    It 'is said to be a multiple of 2 MB where <Id>' -TestCases @(
        @{ Id = 'VMCreationFailed'; Options = @{ MemoryStartupBytes = 1023MB } }
        @{ Id = 'VMConfigurationFailed'; Options = @{ MemoryMaximumBytes = 2047MB } }
        @{ Id = 'VMConfigurationFailed'; Options = @{ MemoryMaximumBytes = 2GB; MemoryMinimumBytes = 513MB } }
    ) {
        $failure = Assert-Failure $Id InvalidArgument { New-LinuxKitVM $image @Options }
        $failure.ErrorDetails.RecommendedAction | Should -Match 'multiple of 2 MB'
        Get-TestVM | Should -BeNullOrEmpty
    }

    It 'is refused: <Id> for <Options>' -TestCases @(
        @{ Id = 'MemoryBoundsInvalid'; Options = @{ MemoryMaximumBytes = 512MB } }
        @{ Id = 'MemoryBoundsInvalid'; Options = @{ MemoryMaximumBytes = 4GB; MemoryMinimumBytes = 2GB } }
        @{ Id = 'ParametersDoNotGoTogether'; Options = @{ MemoryMinimumBytes = 512MB } }
    ) {
        $null = Assert-Failure $Id InvalidArgument { Start-LinuxKitVM $image @Options }
        Get-TestVM | Should -BeNullOrEmpty
    }
}
