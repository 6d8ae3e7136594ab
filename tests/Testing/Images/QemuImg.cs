namespace LinuxKitHyperV.Tests.Images;

/// <summary>qemu-img, which writes and checks disks by other hands than ours.</summary>
internal static class QemuImg
{
    /// <summary>Runs it; it must succeed.</summary>
    public static void Run(params string[] arguments) => OtherProgram.Run("qemu-img", arguments);

    /// <summary>Makes a disk of another format.</summary>
    /// <param name="from">A raw disk.</param>
    /// <param name="to">The file to make.</param>
    /// <param name="format">What qemu-img calls the format.</param>
    /// <param name="options">More of its options.</param>
    public static void Convert(string from, string to, string format, params string[] options) =>
        Run(["convert", "-f", "raw", "-O", format, .. options, from, to]);
}
