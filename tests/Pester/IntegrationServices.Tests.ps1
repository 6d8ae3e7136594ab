BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi

    # Their names are localized, their ids are not.
    function Get-TestService([string] $Id) {
        Get-VMIntegrationService "$Prefix-web" | Where-Object Id -Like "*$Id"
    }

    # What Hyper-V says of a service, and nothing until it knows.
    function Get-Told($Service) {
        $status = (Get-VMIntegrationService "$Prefix-web" -Name $Service.Name).PrimaryOperationalStatus
        if ($status) { "$status" } else { '-' }
    }

    # What a list of the VM shows of a service.
    function Get-Shown($Service) {
        $list = Get-LinuxKitVM "$Prefix-web" | Format-List | Out-String -Width 1000
        [regex]::Match($list, "\b$([regex]::Escape($Service.Name)): ([^,\r\n]*)").Groups[1].Value
    }
}

AfterAll {
    Pop-Location
}

Describe 'The list of a VM' -Tag HyperV {
    BeforeEach {
        $null = New-LinuxKitVM $image
        $heartbeat = Get-TestService '84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47'
        $shutdown = Get-TestService '9F8233AC-BE49-4C79-8EE3-E7E1985B2077'
    }

    AfterEach {
        Clear-TestVM
    }

    It 'shows integration services that have no state' {
        Get-Shown $heartbeat | Should -Be '-'
        Get-Shown $shutdown | Should -Be '-'
    }

    It 'shows one that is disabled' {
        $heartbeat | Disable-VMIntegrationService
        Get-Shown $heartbeat | Should -Be 'Disabled'
        Get-Shown $shutdown | Should -Be '-'
    }

    It 'shows what Hyper-V says of them while the VM runs, and not any more when it is off' {
        $null = Start-LinuxKitVM -Name "$Prefix-web" -NoCapture
        foreach ($service in $heartbeat, $shutdown) {
            # A guest that boots changes it.
            $before = Get-Told $service
            $shown = Get-Shown $service
            $shown | Should -BeIn $before, (Get-Told $service)
        }

        Stop-VM "$Prefix-web" -TurnOff
        Get-Shown $heartbeat | Should -Be '-'
        Get-Shown $shutdown | Should -Be '-'
    }
}
