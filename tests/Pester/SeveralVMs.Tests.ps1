BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $names = "$Prefix-a", "$Prefix-b", "$Prefix-c"
}

AfterAll {
    Pop-Location
}

Describe 'Several VMs at once' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    It 'show progress: <Activity>' -TestCases @(
        @{ Activity = 'Start'; Prepare = { New-LinuxKitVM $image -Name $names }; Command = 'Start-LinuxKitVM -Name $args -NoCapture' }
        @{ Activity = 'Turn off'; Prepare = { Start-LinuxKitVM $image -Name $names -NoCapture }; Command = 'Stop-LinuxKitVM $args -TurnOff' }
        @{ Activity = 'Remove'; Prepare = { New-LinuxKitVM $image -Name $names }; Command = 'Remove-LinuxKitVM $args -Force' }
    ) {
        $null = & $Prepare
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript($Command)
            foreach ($name in $names) { $null = $shell.AddArgument($name) }
            $null = $shell.Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shown = @($shell.Streams.Progress | Where-Object Activity -EQ $Activity)
            $shown.StatusDescription | Should -Be ($names + $Activity)
            $shown[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $shell.Dispose()
        }
    }
}
