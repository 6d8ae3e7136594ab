using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Linux;

/// <summary>An initial ramdisk by itself: an archive of cpio's, in the format that the kernel reads.</summary>
internal static class InitialRamdisk
{
    // The kernel's Documentation/driver-api/early-userspace/buffer-format.rst: "070701", or "070702" with checksums.
    private const string Magic = "07070";
    private const int MagicLength = 6;

    /// <summary>Whether a file is one.</summary>
    public static bool Recognizes(ImageContent file) => file.Length >= MagicLength && Recognizes(file.Read(0, MagicLength));

    /// <summary>Whether something that was compressed begins as one.</summary>
    public static bool Recognizes(byte[] head) =>
        Encoding.ASCII.GetString(head, 0, Magic.Length) == Magic && head[Magic.Length] is (byte)'1' or (byte)'2';

    /// <summary>What is said of one.</summary>
    public static ImageFormatException Alone() =>
        new(ImageFault.NotRecognized, "It is an initial ramdisk alone, which needs a kernel and a boot loader to be started.");
}
