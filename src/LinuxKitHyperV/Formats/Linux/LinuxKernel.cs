using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Linux;

/// <summary>A kernel by itself: what looks like a disk at its beginning, and is none.</summary>
internal static class LinuxKernel
{
    // The kernel's Documentation/arch/x86/boot.rst and Documentation/arch/arm64/booting.rst.
    private const int X86Offset = 0x202;
    private const string X86Magic = "HdrS";
    private const int Arm64Offset = 56;
    private const string Arm64Magic = "ARM\x64";

    /// <summary>Whether a file is one.</summary>
    public static bool Recognizes(ImageContent file) => Has(file, X86Offset, X86Magic) || Has(file, Arm64Offset, Arm64Magic);

    /// <summary>What is said of one.</summary>
    public static ImageFormatException Alone() =>
        new(ImageFault.NotRecognized, "It is a Linux kernel alone, which has nobody to give it a command line and an initial ramdisk.");

    private static bool Has(ImageContent file, int offset, string magic) =>
        file.Length >= offset + magic.Length && Encoding.ASCII.GetString(file.Read(offset, magic.Length)) == magic;
}
