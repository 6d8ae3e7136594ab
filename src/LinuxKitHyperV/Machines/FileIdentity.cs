using System;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Images;

namespace LinuxKitHyperV.Machines;

/// <summary>What identifies a file that was made for a VM, whatever its name is now.</summary>
internal static class FileIdentity
{
    /// <summary>A disk's: the identifier in the file itself, which lasts while the guest writes to the disk.</summary>
    /// <exception cref="ImageFormatException">It is no VHD or VHDX, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string OfDisk(string path) => OfIdentifier(VirtualDiskFile.Read(path).Identifier.ToString());

    /// <summary>A disk's, as Hyper-V tells it; null where there is none.</summary>
    /// <param name="disk">Hyper-V's VirtualHardDisk.</param>
    public static string? OfDisk(PSObject disk) => disk.Text("DiskIdentifier") is { Length: > 0 } id ? OfIdentifier(id) : null;

    /// <summary>The identity of a file that nobody writes to: a digest of its content.</summary>
    public static string OfContent(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return OfDigest(Digest.Of(file));
    }

    /// <summary>That of a file that was written just now.</summary>
    /// <param name="written">The digest of what was written.</param>
    public static string OfContent(RunningDigest written) => OfDigest(written.Finish());

    private static string OfDigest(string digest) => "sha256:" + digest;

    private static string OfIdentifier(string identifier) => "disk:" + identifier.ToUpperInvariant();
}
