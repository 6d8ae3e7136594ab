<#
.SYNOPSIS
Boots an image with a data disk, shows its console, runs a command in the guest, and removes everything.

.DESCRIPTION
In a terminal the console stays attached until Ctrl+]. Runs in Windows PowerShell 5.1, in PowerShell 7 and in the sandbox. The
sandbox has none of the Utility and Management cmdlets: hence .NET's calls in places where a script would use those.
#>
param(
    [string] $Path = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', 'artifacts', 'images', 'linuxkit-efi-initrd.iso'))
)

$ErrorActionPreference = 'Stop'

# Types a command into the guest's shell, and emits what the command prints.
function Invoke-Guest([string] $PipePath, [string] $Command) {
    # The shell echoes what is typed; without the quotes that would look like the end.
    $line = [Text.Encoding]::ASCII.GetBytes("$Command; echo d''one`n")
    $buffer = [byte[]]::new(4096)
    $text = ''
    $attempt = 0
    while ($text -notmatch '\ndone\r\n') {
        $pipe = [IO.Pipes.NamedPipeClientStream]::new('.', $PipePath.Substring($PipePath.LastIndexOf('\') + 1), 'InOut', 'Asynchronous')
        try {
            $pipe.Connect(10000)
            $pipe.Write($line, 0, $line.Length)
            $text = ''
            do {
                $read = $pipe.ReadAsync($buffer, 0, $buffer.Length)
                if (-not $read.Wait(30000)) { throw "The guest did not answer '$Command'." }
                $text += [Text.Encoding]::ASCII.GetString($buffer, 0, $read.Result)
            } until ($read.Result -eq 0 -or $text -match '\ndone\r\n')
        }
        catch [Management.Automation.MethodInvocationException] {
            # The client before may have been too short a time ago.
            $attempt++
            if ($attempt -eq 10) { throw }
            [Threading.Thread]::Sleep(500)
        }
        finally {
            $pipe.Dispose()
        }
    }

    $echo, $answer = $text.Substring($text.LastIndexOf($Command)) -split '\r\n'
    $answer[0..([Array]::IndexOf($answer, 'done') - 1)]
}

# Emits what is left of a VM: itself, its console's pipe, processes that name it or its folder, files there.
function Find-Remainder([guid] $Id, [string] $PipePath, [string] $Folder) {
    Get-VM | ForEach-Object { if ($_.Id -eq $Id) { "VM $($_.Name)" } }
    [IO.Directory]::GetFiles($Folder, '*', 'AllDirectories')

    $pipeName = $PipePath.Substring($PipePath.LastIndexOf('\') + 1)
    if ([IO.Path]::DirectorySeparatorChar -eq '\') {
        [IO.Directory]::GetFiles('\\.\pipe\', $pipeName)
        return
    }

    # .NET's named pipes are sockets outside Windows.
    [IO.Directory]::GetFiles([IO.Path]::GetTempPath(), "CoreFxPipe_$pipeName")
    foreach ($process in [IO.Directory]::GetDirectories('/proc')) {
        try {
            $commandLine = [IO.File]::ReadAllText("$process/cmdline")
        }
        catch [IO.IOException] {
            continue # No process, or one that has just ended.
        }

        if ($commandLine.Contains($Id) -or $commandLine.Contains($Folder)) {
            "$process $($commandLine.Replace([char]0, ' '))"
        }
    }
}

$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "LinuxKitHyperV-demo-$([guid]::NewGuid().ToString('N').Substring(0, 8))")
$work = [IO.Path]::Combine($folder, 'work')
$standIn = [IO.Path]::Combine($folder, 'hyper-v')
$null = [IO.Directory]::CreateDirectory($work)

$vm = $null
$ExecutionContext.SessionState.Path.PushCurrentLocation('demo')
try {
    # New disks are made in the current location. The stand-in's state is the demo's own; Hyper-V does not know the variable.
    $null = $ExecutionContext.SessionState.Path.SetLocation($work)
    $env:HYPERV_QEMU_HOME = $standIn

    "PS> Start-LinuxKitVM $Path -Disk size=1 -NoCapture"
    $vm = Start-LinuxKitVM $Path -Disk size=1 -NoCapture
    $vm | Out-Default

    "PS> Connect-LinuxKitConsole $($vm.Name)"
    if ([Console]::IsInputRedirected -or [Console]::IsOutputRedirected) {
        :console while ($true) {
            Connect-LinuxKitConsole $vm.Name -TimeoutSec 180 | ForEach-Object {
                # The firmware moves the cursor and clears the screen.
                $_ -replace '\x1b\[[0-9;=?]*[A-Za-z]'
                if ($_ -eq 'linuxkit: ready') { break console }
            }
            throw 'The guest did not come up in three minutes.'
        }

        ''
        'linuxkit:~# uname -sr; cat /proc/partitions'
        Invoke-Guest $vm.ConsolePipe 'uname -sr; cat /proc/partitions'
    }
    else {
        'Ctrl+] leaves the console.'
        Connect-LinuxKitConsole $vm.Name
    }

    ''
    "PS> Get-LinuxKitVM $($vm.Name)"
    Get-LinuxKitVM $vm.Name | Out-Default

    "PS> Remove-LinuxKitVM $($vm.Name) -Force -RemoveDisk"
    Remove-LinuxKitVM $vm.Name -Force -RemoveDisk

    $remainder = @(Find-Remainder $vm.Id $vm.ConsolePipe $work)
    $vm = $null
}
finally {
    if ($vm) { Remove-LinuxKitVM $vm.Name -Force -RemoveDisk }
    $null = $ExecutionContext.SessionState.Path.PopLocation('demo')
    [IO.Directory]::Delete($folder, $true)
}

if ($remainder) {
    "Left behind: $($remainder -join ', ')"
    exit 1
}

'Nothing is left: no VM, process, file or pipe.'
