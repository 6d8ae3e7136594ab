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

    "PS> Start-LinuxKitVM $Path -Disk size=1"
    $vm = Start-LinuxKitVM $Path -Disk size=1
    $vm | Out-Default

    if ([Console]::IsInputRedirected -or [Console]::IsOutputRedirected) {
        "PS> Receive-LinuxKitConsole $($vm.Name) -Follow | ForEach-Object Text"
        :console while ($true) {
            Receive-LinuxKitConsole $vm.Name -Follow -TimeoutSec 180 | ForEach-Object {
                $_.Text
                if ($_.Text -eq 'linuxkit: ready') { break console }
            }
            throw 'The guest did not come up in three minutes.'
        }

        ''
        "PS> (Invoke-LinuxKitCommand $($vm.Name) 'uname -sr; cat /proc/partitions').Output"
        (Invoke-LinuxKitCommand $vm.Name 'uname -sr; cat /proc/partitions').Output
    }
    else {
        "PS> Connect-LinuxKitConsole $($vm.Name)"
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
