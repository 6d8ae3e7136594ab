<#
.SYNOPSIS
Puts a program of this computer behind the COM port of a VM of the stand-in, in the place of a guest.

.DESCRIPTION
The program starts when somebody listens to the console of the VM, which need not be there yet. When the program ends, the VM is off, as one
whose guest has powered itself off. What is emitted goes to Stop-Guest.ps1.
#>
param(
    # The VM's name.
    [Parameter(Mandatory)] [string] $VMName,

    # What runs on the guest's serial line, for a POSIX shell.
    [Parameter(Mandatory)] [string] $Program
)

$guest = [powershell]::Create().AddScript({
    param($VMName, $Program, $Line)
    $ErrorActionPreference = 'Stop'
    while (-not ($vm = Get-VM | Where-Object { $_.Name -eq $VMName -and $_.State -eq 'Running' })) { Start-Sleep -Milliseconds 50 }
    $name = (Get-VMComPort $vm -Number 1).Path -replace '^\\\\\.\\pipe\\'
    $Line.Pipe = [IO.Pipes.NamedPipeServerStream]::new($name, 'InOut', 1, 'Byte', 'Asynchronous')
    $Line.Pipe.WaitForConnection()

    # script(1) gives the program a terminal with job control, as a guest's init does.
    $start = [Diagnostics.ProcessStartInfo] @{ FileName = 'script'; RedirectStandardInput = $true; RedirectStandardOutput = $true }
    '-q', '-e', '-f', '-c', $Program, '/dev/null' | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.Environment['PS1'] = '/ # '
    $start.Environment['HISTFILE'] = ''
    $Line.Process = [Diagnostics.Process]::Start($start)
    $null = $Line.Pipe.CopyToAsync($Line.Process.StandardInput.BaseStream)
    $Line.Process.StandardOutput.BaseStream.CopyTo($Line.Pipe)
    $Line.Pipe.Dispose()
    Stop-VM $vm -TurnOff -Force
})
$line = [hashtable]::Synchronized(@{})
$null = $guest.AddArgument($VMName).AddArgument($Program).AddArgument($line)
[pscustomobject] @{ PowerShell = $guest; Running = $guest.BeginInvoke(); Line = $line }
