using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>The computed columns of the table of VMs.</summary>
public static class MachineView
{
    /// <summary>The image's file name.</summary>
    public static string Image(PSObject machine) => FileName(machine.Text("Image"));

    /// <summary>The disks' file names.</summary>
    public static string Disks(PSObject machine) =>
        machine.Properties["Disks"]?.Value is IEnumerable<string> disks ? string.Join(", ", disks.Select(FileName)) : string.Empty;

    // A remote host's paths may be of the other kind than this computer's.
    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\', Path.DirectorySeparatorChar]) + 1);
}
