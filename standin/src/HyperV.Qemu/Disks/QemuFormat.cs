using System.IO;

namespace HyperV.Qemu.Disks;

/// <summary>What QEMU calls the format of a virtual disk.</summary>
internal static class QemuFormat
{
    /// <summary>Looks into the file, whose name does not tell a differencing disk from others.</summary>
    public static string Of(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (VhdxReader.Recognizes(file))
        {
            return "vhdx";
        }

        return Overlay.Recognizes(file) ? Overlay.Format : "vpc";
    }
}
