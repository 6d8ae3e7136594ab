using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Reads virtual disks.</content>
[Implements(nameof(Path), nameof(VMId), nameof(DiskNumber))]
public partial class GetVHD
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            foreach (var path in Path?.SelectMany(Expand) ?? VMId?.SelectMany(id => DisksOf(host, id)) ?? [host.Mounts.Numbered(DiskNumber).Path])
            {
                Guard(() =>
                {
                    DiskUse.RequireUnusedElsewhere(host, path);
                    WriteObject(new VirtualHardDisk(host, path, DiskUse.IsAttached(host, path)));
                });
            }
        }
    }

    private IEnumerable<string> Expand(string path)
        => System.Management.Automation.WildcardPattern.ContainsWildcardCharacters(path)
            ? GetResolvedProviderPathFromPSPath(path, out _)
            : [Absolute(path)];

    private List<string> DisksOf(VirtualizationHost host, Guid id)
    {
        var disks = new List<string>();
        Guard(() => disks.AddRange(FindMachine(host, id).HardDrives.Select(drive => drive.Path).OfType<string>()));
        return disks;
    }
}
