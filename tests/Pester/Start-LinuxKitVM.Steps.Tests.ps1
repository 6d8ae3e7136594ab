BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi

    # The steps, which end with their time, that a command tells.
    function Get-Step([scriptblock] $Command) {
        & $Command 4>&1 | ForEach-Object { if ($_ -is [Management.Automation.VerboseRecord] -and $_.Message -match '^(.*) \(\d+ ms\)$') { $Matches[1] } }
    }
}

AfterAll {
    Pop-Location
}

Describe 'The steps of a VM' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'are told with -Verbose, from its start to its removal' {
        $steps = Get-Step { Start-LinuxKitVM $image -Verbose }
        $switch = (Get-VMNetworkAdapter "$Prefix-web").SwitchName
        $steps | Should -Be @(
            'Make a Generation 2 VM with 1 GB of memory'
            'Find its network adapter'
            "Connect it to the switch '$switch'"
            "Insert '$image'"
            'Boot from it, with Secure Boot off'
            "Set COM 1 to '\\.\pipe\$Prefix-web-com1'"
            "Name it '$Prefix-web', with 1 processor and no checkpoints"
            'Capture its console'
            'Start it'
        )

        # A guest can be asked once it has come so far.
        $deadline = (Get-Date).AddMinutes(2)
        do {
            $steps = Get-Step { Stop-LinuxKitVM "$Prefix-web" -Verbose -ErrorAction SilentlyContinue -ErrorVariable script:failure }
        } while ($script:failure -and (Get-Date) -lt $deadline)
        $steps | Should -Be "Ask the guest of the VM '$Prefix-web' to shut down"

        Get-Step { Start-LinuxKitVM -Name "$Prefix-web" -Verbose } | Should -Be 'Capture its console', "Start the VM '$Prefix-web'"
        Get-Step { Remove-LinuxKitVM "$Prefix-web" -Force -Verbose } | Should -Be "Turn off the VM '$Prefix-web'", "Remove the VM '$Prefix-web'"
    }

    It 'are not told without it' {
        Get-Step { Start-LinuxKitVM $image; Start-LinuxKitVM -Name "$Prefix-web" -WarningAction SilentlyContinue } | Should -BeNullOrEmpty
    }

    It 'are shown as progress over several VMs' {
        # What a runspace of its own has to show can be looked at.
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddCommand('Start-LinuxKitVM').AddParameter('Path', $image).AddParameter('Name', @("$Prefix-a", "$Prefix-b")).Invoke()
            $shell.Streams.Progress.StatusDescription | Should -Be "$Prefix-a", "$Prefix-b", 'Create and start'
            $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $shell.Dispose()
        }
    }
}
