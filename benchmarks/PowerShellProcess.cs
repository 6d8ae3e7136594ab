using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>PowerShell as a process of its own.</summary>
internal static class PowerShellProcess
{
    /// <summary>Which one it is.</summary>
    public static string Description => $"pwsh {Run("$PSVersionTable.PSVersion.ToString()").Trim()}";

    /// <summary>The line by which a shell runs a script in a process of its own, which may ask.</summary>
    public static string Line(string script) => $"{PowerShellProgram.Line} -Command '{script.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Starts a process of its own for a script, which finds in $input what is written to its standard input.</summary>
    public static Process Begin(string script) =>
        Process.Start(new ProcessStartInfo(PowerShellProgram.Words[0], [.. PowerShellProgram.Words.Skip(1), "-NonInteractive", "-Command", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Runs a script in a process of its own, and gives what it writes.</summary>
    public static string Run(string script)
    {
        using var process = Begin(script);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && errors.Result.Length == 0
            ? output
            : throw new InvalidOperationException($"{script}: exit code {process.ExitCode}. {output}{errors.Result}");
    }

    /// <summary>What some processes take, one after the other.</summary>
    public static Cost Measure(IEnumerable<string> scripts)
    {
        var watch = Stopwatch.StartNew();
        foreach (var script in scripts)
        {
            Run(script);
        }

        return new Cost(watch.Elapsed);
    }
}
