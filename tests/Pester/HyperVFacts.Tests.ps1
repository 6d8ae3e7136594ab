# The questions that docs/design/hyper-v-facts.md marks with (?). No answer is wrong; the report says which one this host gives.
BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Push-Location $TestDrive
    $image = Copy-TestImage web-efi
    $name = "$Prefix-web"
    $onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'

    # Opens the VM's pipe as any other program would, on a computer.
    function Open-Pipe([string] $Computer) {
        $pipeName = (Get-LinuxKitVM $name).ConsolePipe -replace '^\\\\\.\\pipe\\'
        $pipe = [IO.Pipes.NamedPipeClientStream]::new($Computer, $pipeName, 'InOut', 'Asynchronous')
        $pipe.Connect(3000)
        $pipe
    }

    # What is waiting in a pipe: all that comes until nothing has come for a second.
    function Get-WaitingByteCount([IO.Pipes.NamedPipeClientStream] $Pipe) {
        $buffer = New-Object byte[] 65536
        $count = 0
        while (($read = $Pipe.ReadAsync($buffer, 0, $buffer.Length)).Wait(1000) -and $read.Result) { $count += $read.Result }
        $count
    }
}

AfterAll {
    Pop-Location
}

Describe 'Facts of this host' -Tag Fact {
    AfterEach {
        Clear-TestVM
    }

    It 'tells whether a guest goes on while its console''s client does not read' {
        $null = Start-LinuxKitVM $image -NoCapture
        try {
            $pipe = Open-Pipe .
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $answers = $null -ne (Wait-LinuxKitVM $name -TimeoutSec 120 -ErrorAction SilentlyContinue)
            $answer = if ($answers) { 'It does: it had a heartbeat after {0:0} s' -f $clock.Elapsed.TotalSeconds } else { 'It had no heartbeat in 120 s' }
            Write-Fact 'A guest goes on while nobody reads its console' "$answer, with $(Get-WaitingByteCount $pipe) bytes waiting."
        }
        catch [TimeoutException] {
            Write-Fact 'A guest goes on while nobody reads its console' 'Not known: there is no pipe to open.'
        }
        finally {
            if ($pipe) { $pipe.Dispose() }
        }
    }

    It 'tells whether the pipe can be opened by the computer''s name' {
        $null = Start-LinuxKitVM $image -NoCapture
        $fact = 'A pipe opens as \\computer\pipe\name'
        try {
            (Open-Pipe ([Environment]::MachineName)).Dispose()
            Write-Fact $fact 'It does.'
        }
        catch {
            Write-Fact $fact "It does not: $($_.Exception.GetBaseException().Message)"
        }
    }

    It 'tells whether Hyper-V reads an image that only its owner and the system may read' {
        if ($onWindows) {
            $null = icacls $image /inheritance:r /grant:r "$([Security.Principal.WindowsIdentity]::GetCurrent().Name):F" '*S-1-5-18:F'
        }
        else {
            chmod 600 $image
        }

        $null = Start-LinuxKitVM $image -NoCapture -ErrorAction SilentlyContinue -ErrorVariable failure
        Write-Fact 'Hyper-V reads an image that only its owner and the system may read' $(if ($failure) { "It does not: $($failure[0])" } else { 'It does.' })
    }

    It 'tells whether Get-VM gives a new object each time' {
        $vm = New-LinuxKitVM $image
        $again = Get-VM $vm.Name
        $isOurs = $again.PSObject.TypeNames -contains 'LinuxKitHyperV.VirtualMachine'
        $isSame = [object]::ReferenceEquals($vm.PSObject.BaseObject, $again.PSObject.BaseObject)
        Write-Fact 'Get-VM gives a new object each time' $(if ($isOurs -or $isSame) { "It does not: same object $isSame, this module's type $isOurs." } else { 'It does.' })
    }
}
