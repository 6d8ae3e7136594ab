BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $name = "$Prefix-web"
}

AfterAll {
    Pop-Location
}

Describe 'The console' -Tag HyperV {
    AfterEach {
        Clear-TestVM
    }

    Context 'of a VM that runs' {
        BeforeEach {
            $vm = Start-LinuxKitVM $image
        }

        It 'is captured from the start: <Command> needs no pipe' -TestCases @(
            @{ Command = { Receive-LinuxKitConsole $name } }
            @{ Command = { $vm | Receive-LinuxKitConsole -Tail 5 } }
            @{ Command = { Receive-LinuxKitConsole -Id $vm.Id -Raw } }
            @{ Command = { ConvertTo-Copy $vm | Receive-LinuxKitConsole } }
        ) {
            { . $Command } | Should -Not -Throw
        }

        It 'is looked for at the pipe that the VM was started with last' {
            Stop-VM $name -TurnOff
            Set-VMComPort $name 1 "\\.\pipe\$name-2"
            Start-VM $name
            if ($env:HYPERV_QEMU_ENGINE -ne 'none') { Set-ItResult -Skipped -Because 'a VM that runs has its console for itself' }
            $port = New-Object IO.Pipes.NamedPipeServerStream "$name-2", InOut, 1
            try {
                $connected = $port.WaitForConnectionAsync()
                $null = Receive-LinuxKitConsole $name
                $connected.Wait([timespan]::FromSeconds(30)) | Should -BeTrue
            }
            finally {
                $port.Dispose()
            }
        }

        It 'is logged where asked' {
            Remove-LinuxKitVM $name -Force
            $null = Start-LinuxKitVM $image -ConsoleLogPath console.log
            'console.log' | Should -Exist
        }

        It 'is read until the time is over' {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = Receive-LinuxKitConsole $name -Follow -TimeoutSec 1
            $watch.Elapsed.TotalSeconds | Should -BeGreaterOrEqual 1
        }

        It 'is waited for, and the time is an error' {
            { Wait-LinuxKitConsole $name 'never said' -TimeoutSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'ConsoleWaitTimeout,*'
        }

        It 'is waited for, and the silence of a guest that does not boot is an error' {
            Suspend-VM $name
            { Wait-LinuxKitConsole $name 'never said' -SilenceSec 2 -TimeoutSec 300 -ErrorAction Stop } | Should -Throw -ErrorId 'ConsoleSilent,*'
        }

        It 'is waited for together with that of another VM, whose end is told at once' {
            $null = Start-LinuxKitVM $image -Name "$name-2"
            Stop-VM "$name-2" -TurnOff
            { Wait-LinuxKitConsole $name, "$name-2" 'never said' -TimeoutSec 300 -ErrorAction Stop } | Should -Throw -ErrorId 'ConsoleEnded,*'
        }

        It 'refuses what goes with nothing: <Id>' -TestCases @(
            @{ Id = 'InvalidPattern'; Command = { Wait-LinuxKitConsole $name '(' -ErrorAction Stop } }
            @{ Id = 'NothingToSend'; Command = { Send-LinuxKitConsole $name -ErrorAction Stop } }
            @{ Id = 'InvalidEscapeKey'; Command = { Connect-LinuxKitConsole $name -EscapeKey Escape -ErrorAction Stop } }
            @{ Id = 'InvalidCommand'; Command = { Invoke-LinuxKitCommand $name "a`0b" -ErrorAction Stop } }
            @{ Id = 'ParametersDoNotGoTogether'; Command = { Receive-LinuxKitConsole $name -TimeoutSec 1 -ErrorAction Stop } }
        ) {
            $Command | Should -Throw -ErrorId "$Id,*"
        }

        It 'takes nothing with -WhatIf: <Command>' -TestCases @(
            @{ Command = { Send-LinuxKitConsole $name reboot -WhatIf } }
            @{ Command = { Invoke-LinuxKitCommand $name reboot -WhatIf } }
            @{ Command = { Disconnect-LinuxKitConsole $name -WhatIf } }
        ) {
            . $Command | Should -BeNullOrEmpty
        }

        It 'is freed, and what was said can still be read' {
            Disconnect-LinuxKitConsole $name
            { Receive-LinuxKitConsole $name -ErrorAction Stop } | Should -Not -Throw
        }
    }

    Context 'of a VM that is off' {
        BeforeEach {
            $null = New-LinuxKitVM $image
        }

        It 'is not there for <Command>' -TestCases @(
            @{ Command = { Connect-LinuxKitConsole $name -ErrorAction Stop } }
            @{ Command = { Receive-LinuxKitConsole $name -ErrorAction Stop } }
            @{ Command = { Wait-LinuxKitConsole $name x -ErrorAction Stop } }
            @{ Command = { Send-LinuxKitConsole $name x -ErrorAction Stop } }
            @{ Command = { Invoke-LinuxKitCommand $name x -ErrorAction Stop } }
        ) {
            $Command | Should -Throw -ErrorId 'VMNotRunning,*'
        }
    }

    It 'of no VM is an error' {
        { Receive-LinuxKitConsole "$Prefix-nobody" -ErrorAction Stop } | Should -Throw -ErrorId 'VMNotFound,*'
    }
}
