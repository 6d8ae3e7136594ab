BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi

    # What -WhatIf prints goes past every stream.
    function Get-Printed([scriptblock] $Command) {
        $ErrorActionPreference = 'Stop'
        $transcript = Join-Path $TestDrive transcript.txt
        $null = Start-Transcript $transcript
        try {
            & $Command 3>$null | Should -BeNullOrEmpty
        }
        finally {
            $null = Stop-Transcript
        }
        Get-Content $transcript
        Remove-Item $transcript
    }

    function Get-Action([scriptblock] $Command) {
        Get-Printed $Command | ForEach-Object { if ($_ -match '^What if: Performing the operation "(.*)" on target "(.*)"\.$') { "$($Matches[2]): $($Matches[1])" } }
    }
}

AfterAll {
    Pop-Location
}

Describe 'Start-LinuxKitVM -WhatIf' -Tag HyperV {
    AfterEach {
        Get-TestVM | Where-Object Name -like '*-other' | Remove-VM -Force
        Clear-TestVM
        Remove-Item * -Exclude (Split-Path $image -Leaf)
    }

    It 'names the log of the console, here <Log>, and the removal' -TestCases @(
        @{ Log = 'console.log'; File = 'console.log' }
        @{ Log = '.'; File = 'web.log' }
    ) {
        $file = if ($Log -eq '.') { "$Prefix-$File" } else { $File }
        $printed = Get-Printed { Start-LinuxKitVM $image -Disk 1GB -Console -RemoveOnExit -RemoveDisk -ConsoleLogPath $Log -WhatIf }
        $printed | Where-Object { $_ -match '^  ' } | Select-Object -Last 3 | Should -Be @(
            "  Capture its console, and log it to '$(Join-Path $TestDrive $file)'"
            '  Start it'
            "  Remove it when its console is left or it stops, and delete '$(Join-Path $TestDrive "$Prefix-web-disk.vhdx")'"
        )
        Get-ChildItem -Name | Should -Be "$Prefix-web-efi.iso"
    }

    It 'names what is removed with a VM that is <State> by <Command>' -TestCases @(
        @{
            State = 'Off'; Command = { Start-LinuxKitVM -Name "$Prefix-web" -Console -RemoveOnExit -RemoveDisk -WhatIf }
            Expected = "Start, with its console captured. Remove it when its console is left or it stops, and delete '{0}', '{1}'"
        }
        @{
            State = 'Off'; Command = { Start-LinuxKitVM -Name "$Prefix-web" -Console -RemoveOnExit -WhatIf }
            Expected = "Start, with its console captured. Remove it when its console is left or it stops, and delete '{0}'"
        }
        @{
            State = 'Off'; Command = { Start-LinuxKitVM -Name "$Prefix-web" -Console -RemoveOnExit -MetadataPath $image -WhatIf }
            Expected = 'Start, with its console captured. Remove it when its console is left or it stops'
        }
        @{
            State = 'Saved'; Command = { Start-LinuxKitVM -Name "$Prefix-web" -Console -RemoveOnExit -WhatIf }
            Expected = "Restore from the saved state, with its console captured. Remove it when its console is left or it stops, and delete '{0}'"
        }
        @{
            State = 'Running'; Command = { Start-LinuxKitVM -Name "$Prefix-web" -Console -RemoveOnExit -RemoveDisk -WhatIf }
            Expected = "Remove it when its console is left or it stops, and delete '{0}', '{1}'"
        }
    ) {
        $vm = New-LinuxKitVM $image -Disk 1GB -Metadata x
        if ($State -ne 'Off') { Start-VM $vm }
        if ($State -eq 'Saved') { Save-VM $vm }
        $files = Get-ChildItem -Name

        $actions = Get-Action $Command
        $actions | Select-Object -Last 1 | Should -Be "$Prefix-web: $($Expected -f $vm.Metadata, (Join-Path $TestDrive "$Prefix-web-disk.vhdx"))"
        Get-ChildItem -Name | Should -Be $files
        (Get-VM "$Prefix-web").State | Should -Be $State
    }

    It 'names the new metadata that is removed' {
        $null = New-LinuxKitVM $image
        $actions = Get-Action { Start-LinuxKitVM -Name "$Prefix-web" -Console -RemoveOnExit -Metadata x -WhatIf }
        $actions | Select-Object -Last 1 | Should -BeLike "*or it stops, and delete '$(Join-Path $TestDrive "$Prefix-web-metadata-")*'"
    }

    It 'tells which disk stays' {
        $null = New-LinuxKitVM $image -Disk 1GB
        $null = New-VM "$Prefix-other" -VHDPath (Join-Path $TestDrive "$Prefix-web-disk.vhdx")
        Start-LinuxKitVM -Name "$Prefix-web" -Console -RemoveOnExit -RemoveDisk -WhatIf -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -HaveCount 1
        $warning | Should -Match "stays: the VM '$Prefix-other' has it too\."
    }

    It 'makes no boot disk' {
        $null = New-TestImage linuxkit-efi.img web-efi.img
        Start-LinuxKitVM "$Prefix-web-efi.img" -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem -Name | Sort-Object | Should -Be "$Prefix-web-efi.img", "$Prefix-web-efi.iso"
        Get-TestVM | Should -BeNullOrEmpty
    }
}
