using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>What there is on a host: VMs, files to the byte, captures.</summary>
internal static class HostSnapshot
{
    /// <summary>Takes it, a line for each thing.</summary>
    public static IReadOnlyList<string> Of(HostedModule module) =>
    [
        .. module.RunWell("Get-VM").Select(machine => $"VM {machine.Name()} {machine.State()} {machine.Text("Notes")}").Order(StringComparer.Ordinal),
        .. module.Files.Select(name => $"file {name} {Hash(module[name!])}"),
        .. ConsoleCaptures.All.Where(capture => capture.Options.OwnerId == module.Runspace.InstanceId).Select(capture => $"capture {capture.Options.VMName}"),
    ];

    private static string Hash(string path) => Directory.Exists(path) ? "folder" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))[..16];
}
