using System;
using System.IO;
using System.Linq;
using Microsoft.Management.Infrastructure;

namespace Microsoft.HyperV.PowerShell;

/// <content>What a machine used. Hyper-V averages over the time that was metered; here is what is used now.</content>
public sealed partial class VMMeteringReportForVirtualMachine
{
    private const int Megabyte = 1 << 20;

    internal VMMeteringReportForVirtualMachine(VirtualMachine machine, TimeSpan duration)
    {
        var memory = (ulong)(machine.MemoryAssigned / Megabyte);
        (VMId, VMName, ComputerName, MeteringDuration) = (machine.Id, machine.Name, machine.ComputerName, duration);
        CimSession = machine.CimSession;
        (AverageMemoryUsage, MaximumMemoryUsage, MinimumMemoryUsage) = (memory, memory, memory);
        TotalDiskAllocation = (ulong)machine.HardDrives
            .Select(drive => drive.Path)
            .Where(File.Exists)
            .Sum(path => new FileInfo(path!).Length / Megabyte);
    }

    /// <summary>The machine's id.</summary>
    public Guid VMId { get; }

    /// <summary>The machine's name.</summary>
    public string VMName { get; }

    /// <summary>The session that the machine came by.</summary>
    public CimSession? CimSession { get; }

    /// <summary>The host's name.</summary>
    public string ComputerName { get; }

    /// <summary>How long it was metered.</summary>
    public TimeSpan? MeteringDuration { get; }

    /// <summary>Memory in MB.</summary>
    public ulong? AverageMemoryUsage { get; }

    /// <summary>Memory in MB.</summary>
    public ulong? MaximumMemoryUsage { get; }

    /// <summary>Memory in MB.</summary>
    public ulong? MinimumMemoryUsage { get; }

    /// <summary>What the disks' files take, in MB.</summary>
    public ulong? TotalDiskAllocation { get; }
}
