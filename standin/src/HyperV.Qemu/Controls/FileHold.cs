using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace HyperV.Qemu.Controls;

/// <summary>Holds files for a moment after Hyper-V is done with them, as its worker and its management service do. Windows lets nobody delete or move them meanwhile.</summary>
internal static class FileHold
{
    /// <summary>The environment variable that says how long, in milliseconds.</summary>
    public const string Variable = "HYPERV_QEMU_HOLD";

    /// <summary>Holds a file, where there is one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="others">What others may do with it meanwhile, besides deleting and moving it. Linux lets them do both, but heeds the rest.</param>
    public static void Begin(string? path, FileShare others)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } given || !File.Exists(path))
        {
            return;
        }

        try
        {
            var hold = new FileStream(path, FileMode.Open, FileAccess.Read, others);
            _ = Task.Delay(int.Parse(given, CultureInfo.InvariantCulture)).ContinueWith(_ => hold.Dispose(), TaskScheduler.Default);
        }
        catch (IOException)
        {
            // It is held already, from before: by a disk's making, say.
        }
    }
}
