<#
.SYNOPSIS
Boots an image with a data disk, shows its console, runs a command in the guest, and removes everything.

.DESCRIPTION
In a terminal the console stays attached until Ctrl+]. Runs in Windows PowerShell 5.1 and in PowerShell 7.
#>
param(
    [string] $Path = "$PSScriptRoot/../artifacts/images/linuxkit-efi-initrd.iso"
)

$ErrorActionPreference = 'Stop'

# Emits what is left of a VM: itself, its console's pipe, processes that name it or its folder, files there.
function Find-Remainder([guid] $Id, [string] $PipePath, [string] $Folder) {
    Get-VM | Where-Object Id -eq $Id | ForEach-Object { "VM $($_.Name)" }
    Get-ChildItem $Folder -Recurse -File | ForEach-Object FullName

    $pipeName = Split-Path $PipePath -Leaf
    if ([IO.Path]::DirectorySeparatorChar -eq '\') {
        [IO.Directory]::GetFiles('\\.\pipe\', $pipeName)
        return
    }

    # .NET's named pipes are sockets outside Windows.
    Get-ChildItem ([IO.Path]::GetTempPath()) -Filter "CoreFxPipe_$pipeName" | ForEach-Object FullName
    Get-Process | Where-Object { $_.CommandLine -and ($_.CommandLine.Contains($Id) -or $_.CommandLine.Contains($Folder)) } |
        ForEach-Object { "process $($_.Id) $($_.CommandLine)" }
}

$Path = Convert-Path $Path
$folder = Join-Path ([IO.Path]::GetTempPath()) "LinuxKitHyperV-demo-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
$work = Join-Path $folder 'work'
$standIn = Join-Path $folder 'hyper-v'
$null = New-Item $work -ItemType Directory

$vm = $null
Push-Location $work
try {
    # New disks are made in the current location. The stand-in's state is the demo's own; Hyper-V does not know the variable.
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
    Pop-Location
    Remove-Item $folder -Recurse
}

if ($remainder) {
    "Left behind: $($remainder -join ', ')"
    exit 1
}

'Nothing is left: no VM, process, file or pipe.'
