using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>What identifies a file that was made for a VM, whatever its name is now.</summary>
internal static class FileIdentity
{
    /// <summary>A disk's: the identifier in the file itself, which lasts while the guest writes to the disk; null where there is none.</summary>
    /// <param name="disk">Hyper-V's VirtualHardDisk.</param>
    public static string? OfDisk(PSObject disk) => disk.Text("DiskIdentifier") is { Length: > 0 } id ? "disk:" + id.ToUpperInvariant() : null;

    /// <summary>The identity of a file that nobody writes to: a digest of its content.</summary>
    public static string OfContent(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return "sha256:" + Digest.Of(file);
    }
}
