using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Hosts;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Reads virtual disks.</content>
[Implements(nameof(Path), nameof(VMId))]
public partial class GetVHD
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            foreach (var path in Path?.SelectMany(Expand) ?? VMId!.SelectMany(id => DisksOf(host, id)))
            {
                Guard(() => WriteObject(new VirtualHardDisk(host.Name, path, IsAttached(host, path))));
            }
        }
    }

    private IEnumerable<string> Expand(string path)
        => System.Management.Automation.WildcardPattern.ContainsWildcardCharacters(path)
            ? GetResolvedProviderPathFromPSPath(path, out _)
            : [Absolute(path)];

    private List<string> DisksOf(VirtualizationHost host, Guid id)
    {
        if (host.Store.Read(id) is { } machine)
        {
            return [.. machine.Drives.Where(drive => !drive.IsDvd).Select(drive => drive.Path).OfType<string>()];
        }

        WriteError(Errors.MachineNotFound(id).ToRecord());
        return [];
    }
}
