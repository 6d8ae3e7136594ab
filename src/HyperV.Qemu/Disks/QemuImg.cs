using System.IO;
using System.Threading;

namespace HyperV.Qemu.Disks;

/// <summary>Runs qemu-img.</summary>
internal static class QemuImg
{
    /// <summary>Runs it to its end.</summary>
    /// <exception cref="IOException">It failed, or it is not there.</exception>
    public static void Run(CancellationToken cancellation, params string[] arguments)
        => QemuTool.Run("qemu-img", cancellation, arguments);
}
