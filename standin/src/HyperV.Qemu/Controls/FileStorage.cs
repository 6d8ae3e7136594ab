using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Controls;

/// <summary>Which disks the host's file system compresses, encrypts, or keeps with holes; none, unless the environment says otherwise.</summary>
internal static class FileStorage
{
    /// <summary>The environment variable that lists them, by path or by wildcard.</summary>
    public const string Variable = "HYPERV_QEMU_COMPRESSED_FILES";

    /// <summary>What is said of such a disk.</summary>
    public const string Limitation = "The requested operation could not be completed due to a virtual disk system limitation.  Virtual hard disk files must be uncompressed and unencrypted and must not be sparse.";

    /// <summary>Whether a disk is one.</summary>
    public static bool IsLimited(string path) => ListedFiles.Contain(Variable, path);

    /// <summary>The error of attaching one.</summary>
    public static VirtualizationException Refusal(string failed) =>
        new(ErrorIdentifier.OperationFailed, $"{failed}\n\nAn unexpected error occurred: {Limitation} (0x{SystemError.VirtualDiskLimitation:X8}).");
}
