using System.IO;
using System.Text.Json;
using System.Threading;

namespace HyperV.Qemu.Disks;

/// <summary>Runs qemu-img.</summary>
internal static class QemuImg
{
    /// <summary>Runs it to its end.</summary>
    /// <exception cref="IOException">It failed, or it is not there.</exception>
    public static void Run(CancellationToken cancellation, params string[] arguments)
        => QemuTool.Run("qemu-img", cancellation, arguments);

    /// <summary>The first bytes of a disk, as QEMU's tools take them in place of a file.</summary>
    public static string Head(string path, long size) => "json:" + JsonSerializer.Serialize(new
    {
        driver = "raw",
        size,
        file = new { driver = QemuFormat.Of(path), file = new { driver = "file", filename = path } },
    });
}
