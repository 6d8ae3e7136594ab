using System;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace HyperV.Qemu.Controls;

/// <summary>Makes cmdlets slow.</summary>
internal static class Delays
{
    /// <summary>The environment variable: <c>Start-VM=2000;*=50</c>, in milliseconds.</summary>
    public const string Variable = "HYPERV_QEMU_DELAY";

    /// <summary>Waits as long as the cmdlet is to be delayed.</summary>
    public static void Wait(string cmdlet, CancellationToken cancellation)
    {
        var entry = (Environment.GetEnvironmentVariable(Variable) ?? string.Empty)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('='))
            .FirstOrDefault(parts => parts[0] == "*" || parts[0].Equals(cmdlet, StringComparison.OrdinalIgnoreCase));
        if (entry is not null)
        {
            cancellation.WaitHandle.WaitOne(int.Parse(entry[1], CultureInfo.InvariantCulture));
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
