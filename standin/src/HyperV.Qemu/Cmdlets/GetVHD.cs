using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;
using Microsoft.HyperV.PowerShell;
using FilePath = System.IO.Path;

namespace Microsoft.Vhd.PowerShell.Cmdlets;

/// <content>Reads virtual disks.</content>
[Implements(nameof(Path), nameof(VMId), nameof(DiskNumber))]
public partial class GetVHD
{
    private protected override void Process()
    {
        foreach (var host in Hosts)
        {
            foreach (var path in Path?.SelectMany(Found) ?? VMId?.SelectMany(id => DisksOf(host, id)) ?? [host.Mounts.Numbered(DiskNumber).Path])
            {
                Guard(() =>
                {
                    DiskUse.RequireUnusedElsewhere(host, path);
                    WriteObject(new VirtualHardDisk(host, path, DiskUse.IsAttached(host, path)));
                });
            }
        }
    }

    private List<string> Found(string path)
    {
        var found = new List<string>();
        Guard(() => found.AddRange(Expand(path)));
        return found;
    }

    /// <summary>The files that a path means: it may have wildcards, and is part of a query.</summary>
    private IEnumerable<string> Expand(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Queried(Absolute(path))];
        }

        // Wildcards in the folders have all that is below them walked through.
        var before = path[..path.IndexOfAny(['*', '?', '[', '`'])];
        var folder = FilePath.GetDirectoryName(path) is { } parent && WildcardPattern.ContainsWildcardCharacters(parent) ? Absolute(before[..(before.LastIndexOf('/') + 1)]) : null;
        _ = folder is null ? 0 : Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).TakeWhile(_ => !Stopping).Count();
        return GetResolvedProviderPathFromPSPath(path, out _).Select(Queried);
    }

    // Hyper-V writes the path into a query as it is.
    private static string Queried(string path) => path.Contains('\'', StringComparison.Ordinal)
        ? throw new VirtualizationException(ErrorIdentifier.Unspecified, "Invalid query")
        : HostReach.IsOutOfReach(path) ? throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"'{path}' is not an existing virtual hard disk file.")
        : path;

    private List<string> DisksOf(VirtualizationHost host, Guid id)
    {
        var disks = new List<string>();
        Guard(() => disks.AddRange(FindMachine(host, id).HardDrives.Select(drive => drive.Path).OfType<string>()));
        return disks;
    }
}
