using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>What Hyper-V says of the virtual disk that is in a file.</summary>
internal static class DiskFile
{
    /// <summary>Reads a disk that was made just now.</summary>
    /// <exception cref="LinuxKitException">DiskQueryFailed.</exception>
    public static IReadOnlyList<PSObject> ReadMade(IHyperV hyperV, HyperVHost host, string path) =>
        VirtualDisk.Get(hyperV, host, path).OutputOr(new CallFailure(
            "DiskQueryFailed",
            $"The disk '{path}' was made, but cannot be read.",
            path,
            "Look at it with Get-VHD."));

    /// <summary>Refuses a disk that cannot be attached to another VM now.</summary>
    /// <exception cref="LinuxKitException">DiskNotReadable, DiskInUse.</exception>
    public static void RequireUnused(IHyperV hyperV, HyperVHost host, string path)
    {
        var found = VirtualDisk.Get(hyperV, host, path).OutputOr(new CallFailure(
            "DiskNotReadable",
            $"Hyper-V cannot read the disk '{path}'.",
            path,
            "Check with Test-VHD that it is a whole VHD or VHDX."));
        if (found.Any(disk => LanguagePrimitives.IsTrue(disk.Properties["Attached"]?.Value)))
        {
            throw new LinuxKitException(
                "DiskInUse",
                FailureKind.ResourceBusy,
                $"The disk '{path}' is in use by a running VM, or mounted on this computer.",
                path,
                "Stop the VM that uses it, dismount it with Dismount-VHD, or give a copy.");
        }
    }
}
