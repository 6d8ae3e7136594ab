BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe 'Get-LinuxKitIPAddress' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'knows nothing of a VM that is off' {
        $null = New-LinuxKitVM $image
        { Get-LinuxKitIPAddress "$Prefix-web" -ErrorAction Stop } | Should -Throw -ErrorId 'VMNotRunning,LinuxKitHyperV.Commands.GetLinuxKitIPAddressCommand'
    }

    It 'knows nothing of a VM without a network' {
        $null = Start-LinuxKitVM $image -NoNetwork
        { Get-LinuxKitIPAddress "$Prefix-web" -ErrorAction Stop } | Should -Throw -ErrorId 'VMHasNoNetwork,LinuxKitHyperV.Commands.GetLinuxKitIPAddressCommand'
    }
}
