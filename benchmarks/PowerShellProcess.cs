using System;
using System.Collections.Generic;
using System.Diagnostics;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>PowerShell as a process of its own.</summary>
internal static class PowerShellProcess
{
    /// <summary>Which one it is.</summary>
    public static string Description => $"pwsh {PowerShellProgram.Run("$PSVersionTable.PSVersion.ToString()").Trim()}";

    /// <summary>The line by which a shell runs a script in a process of its own, which may ask.</summary>
    public static string Line(string script) => $"{PowerShellProgram.Line} -Command '{script.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>What some processes take, one after the other.</summary>
    public static Cost Measure(IEnumerable<string> scripts)
    {
        var watch = Stopwatch.StartNew();
        foreach (var script in scripts)
        {
            PowerShellProgram.Run(script);
        }

        return new Cost(watch.Elapsed);
    }
}
