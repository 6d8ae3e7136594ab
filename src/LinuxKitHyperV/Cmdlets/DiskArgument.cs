using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>Reads what a user gives for a disk: text, a file, or a disk object.</summary>
internal static class DiskArgument
{
    /// <summary>The disk that an argument describes.</summary>
    /// <exception cref="LinuxKitException">InvalidDisk, InvalidDiskSize.</exception>
    public static DiskSpec ToSpec(PSObject argument) => argument.BaseObject switch
    {
        FileInfo file => new DiskSpec(file.FullName, null),

        // Hyper-V's VirtualHardDisk, and anything else that names its file.
        not string when argument.Text("Path") is { Length: > 0 } path => new DiskSpec(path, null),
        _ => DiskSyntax.Parse(argument.ToString()),
    };
}
