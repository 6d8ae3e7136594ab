using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace HyperV.Qemu.Engine;

/// <summary>Says in the engine's terms why QEMU did not start.</summary>
internal static partial class StartFailure
{
    /// <summary>Reads what QEMU wrote. QEMU does not translate its messages.</summary>
    public static EngineException Explain(string errors)
    {
        if (LockedFile().Match(errors) is { Success: true } locked)
        {
            var path = locked.Groups["path"].Value;
            return new EngineException(EngineFault.InUse, $"'{path}' is in use.", path);
        }

        if (errors.Contains("cannot set up guest memory", StringComparison.Ordinal))
        {
            return new EngineException(EngineFault.OutOfMemory, "The host's memory does not suffice.");
        }

        var last = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return new EngineException(EngineFault.Unspecified, $"QEMU did not start: {last ?? "it gave no reason."}");
    }

    [GeneratedRegex(@"Failed to get .* lock\s+Is another process using the image \[(?<path>.*)\]\?")]
    private static partial Regex LockedFile();
}
