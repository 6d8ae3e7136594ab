namespace LinuxKitHyperV.Benchmarks;

/// <summary>What Start-LinuxKitVM does, by Hyper-V's cmdlets alone: the same ones, with the same parameters, in the same order.</summary>
internal static class RawStart
{
    /// <summary>Lists the host's switches, once for all VMs.</summary>
    public const string ChooseSwitch = "$switch = @(Hyper-V\\Get-VMSwitch)[0]";

    /// <summary>A script that starts a VM.</summary>
    /// <param name="name">An expression for the VM's name.</param>
    /// <param name="image">The image's path.</param>
    /// <param name="disk">The path of a disk to make; null for none.</param>
    public static string Script(string name, string image, string? disk = null) => $$"""
        {{(disk is null ? string.Empty : $"$null = Hyper-V\\New-VHD -Path '{disk}' -SizeBytes 1GB -Dynamic -BlockSizeBytes 1MB")}}
        $vm = Hyper-V\New-VM -Name "new-{{name}}" -Generation 2 -MemoryStartupBytes 1GB -NoVHD
        $adapter = Hyper-V\Get-VMNetworkAdapter -VM $vm
        Hyper-V\Connect-VMNetworkAdapter -VMNetworkAdapter $adapter -VMSwitch $switch
        $dvd = Hyper-V\Add-VMDvdDrive -VM $vm -Path '{{image}}' -Passthru
        Hyper-V\Set-VMFirmware -VM $vm -EnableSecureBoot Off -FirstBootDevice $dvd
        {{(disk is null ? string.Empty : $"Hyper-V\\Add-VMHardDiskDrive -VM $vm -Path '{disk}'")}}
        Hyper-V\Set-VMComPort -VM $vm -Number 1 -Path "\\.\pipe\{{name}}-com1"
        $vm = Hyper-V\Set-VM -VM $vm -NewVMName "{{name}}" -Notes "{{image}}" -ProcessorCount 1 -StaticMemory -CheckpointType Disabled `
            -AutomaticStartAction Nothing -AutomaticStopAction ShutDown -AutomaticCheckpointsEnabled $false -Passthru
        Hyper-V\Start-VM -VM $vm -Passthru
        """;
}
