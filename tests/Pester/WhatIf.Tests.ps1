BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
}

AfterAll {
    Pop-Location
}

Describe '-WhatIf' -Tag HyperV {
    BeforeEach {
        $null = Start-LinuxKitVM $image -Disk size=1
    }

    AfterEach {
        Clear-TestVM
        Remove-Item *.vhdx
    }

    It 'changes nothing: <Command>' -TestCases @(
        @{ Command = { Get-LinuxKitVM "$Prefix-web" | Remove-LinuxKitVM -RemoveDisk -Force -WhatIf } }
        @{ Command = { Remove-LinuxKitVM "$Prefix-web" -Force -WhatIf } }
        @{ Command = { Stop-LinuxKitVM "$Prefix-web" -TurnOff -WhatIf } }
        @{ Command = { New-LinuxKitVM $image -Name "$Prefix-other" -WhatIf } }
        @{ Command = { New-LinuxKitDisk "$Prefix-d" 10M -WhatIf } }
        @{ Command = { $WhatIfPreference = $true; Remove-LinuxKitVM "$Prefix-web" -Force } }
    ) {
        & $Command | Should -BeNullOrEmpty
        (Get-TestVM).Name | Should -Be "$Prefix-web"
        (Get-TestVM).State | Should -Be 'Running'
        Get-FileName | Should -Be "$Prefix-web-disk.vhdx", "$Prefix-web-efi.iso"
    }

    It 'says what would be done in the state of the VM: <Command>, <Action>' -TestCases @(
        @{ Action = 'Shut down'; Command = { Stop-LinuxKitVM "$Prefix-web" -WhatIf } }
        @{ Action = 'Shut down, or turn off if the guest does not in 7 s'; Command = { Stop-LinuxKitVM "$Prefix-web" -Force -TimeoutSec 7 -WhatIf } }
        @{ Action = 'Turn off and remove LinuxKit VM'; Command = { Remove-LinuxKitVM "$Prefix-web" -Force -WhatIf } }
        @{ Action = 'Turn off'; Command = { Stop-LinuxKitVM "$Prefix-web" -TurnOff -WhatIf } }
        @{ Action = 'Turn off'; Prepare = { Save-VM "$Prefix-web" }; Command = { Stop-LinuxKitVM "$Prefix-web" -Force -WhatIf } }
        @{ Action = 'Turn off'; Prepare = { Suspend-VM "$Prefix-web" }; Command = { Stop-LinuxKitVM "$Prefix-web" -TurnOff -WhatIf } }
        @{ Action = 'Start, with its console captured'; Prepare = { Stop-VM "$Prefix-web" -TurnOff }; Command = { Start-LinuxKitVM -Name "$Prefix-web" -WhatIf } }
        @{ Action = 'Start'; Prepare = { Stop-VM "$Prefix-web" -TurnOff }; Command = { Start-LinuxKitVM -Name "$Prefix-web" -NoCapture -WhatIf } }
        @{ Action = 'Resume'; Prepare = { Suspend-VM "$Prefix-web" }; Command = { Start-LinuxKitVM -Name "$Prefix-web" -NoCapture -WhatIf } }
        @{ Action = "Restore from the saved state, with its console captured and logged to '*log.txt'"; Prepare = { Save-VM "$Prefix-web" }; Command = { Start-LinuxKitVM -Name "$Prefix-web" -ConsoleLogPath log.txt -WhatIf } }
    ) {
        if ($Prepare) { & $Prepare }
        # PowerShell's own words around them are localized.
        $said = @(Get-ScreenLine $Command) -like "*`"$Prefix-web`"*"
        $said | Should -HaveCount 1
        $said | Should -BeLike "*`"$Action`"*`"$Prefix-web`"*"
    }

    It 'says nothing where nothing would be done: <Command>' -TestCases @(
        @{ Prepare = { Stop-VM "$Prefix-web" -TurnOff }; Command = { Stop-LinuxKitVM "$Prefix-web" -WhatIf } }
        @{ Command = { Start-LinuxKitVM -Name "$Prefix-web" -WhatIf } }
        @{ Command = { Start-LinuxKitVM -Name "$Prefix-web" -Console -TimeoutSec 1 -WhatIf } }
    ) {
        if ($Prepare) { & $Prepare }
        $lines = @(Get-ScreenLine $Command)
        $lines -like "*`"$Prefix-web`"*" | Should -BeNullOrEmpty
        $lines -like "*'$Prefix-web'*already*" | Should -HaveCount 1
    }
}
