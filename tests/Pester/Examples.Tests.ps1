BeforeDiscovery {
    # The examples of the help that take cmdlets of PowerShell's own; the others are run by the tests of the module.
    $examples = @(
        'Get-LinuxKitVM 3'
        'New-LinuxKitMetadata 3'
        'New-LinuxKitMetadata 4'
        'Receive-LinuxKitConsole 2'
        'Receive-LinuxKitConsole 5'
        'Remove-LinuxKitVM 6'
        'Start-LinuxKitVM 5'
    ) | ForEach-Object { $cmdlet, $number = -split $_; @{ Cmdlet = $cmdlet; Number = [int] $number } }
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    Set-Content config.json '{ "hostname": "web" }'
    $null = New-Item config -ItemType Directory
    Set-Content config/hostname web
}

AfterAll {
    Pop-Location
}

Describe 'The help' -Tag HyperV {
    AfterEach {
        Clear-TestVM
        Remove-Item "$Prefix-web.*"
    }

    It 'has an example that runs: <Cmdlet> <Number>' -TestCases $examples {
        # The test's own VM and files stand for those that the example speaks of.
        $code = (Get-Help $Cmdlet).examples.example[$Number - 1].code -replace '\bweb\b', "$Prefix-web"
        if ($Cmdlet -ne 'Start-LinuxKitVM') {
            $vm = if ($Cmdlet -like '*-LinuxKitConsole') { Start-LinuxKitVM $image } else { New-LinuxKitVM $image }
            $vm.Name | Should -Be "$Prefix-web"
        }

        $ErrorActionPreference = 'Stop'
        { & ([scriptblock]::Create($code)) } | Should -Not -Throw
    }
}
