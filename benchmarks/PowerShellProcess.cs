using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>PowerShell as a process of its own: pwsh, or the sandbox where the PATH has none.</summary>
internal static class PowerShellProcess
{
    private const string NonInteractive = "-NonInteractive";

    private static readonly string? Pwsh = Find("pwsh");

    private static readonly IReadOnlyList<string> Command = Pwsh is not null
        ? [Pwsh, "-NoProfile", NonInteractive, "-Command"]
        : [Find("dotnet")!, Path.Combine(AppContext.BaseDirectory, "Sandbox.dll"), "-NoModules", NonInteractive, "-Command"];

    /// <summary>Which one it is.</summary>
    public static string Description => Pwsh is not null
        ? $"pwsh {Run("$PSVersionTable.PSVersion.ToString()").Trim()}"
        : "the sandbox stands in, since there is no pwsh on the PATH";

    /// <summary>The line by which a shell runs a script in a process of its own, which may ask.</summary>
    public static string Line(string script) =>
        string.Join(' ', Command.Where(word => word != NonInteractive).Append(script).Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

    /// <summary>Starts a process of its own for a script.</summary>
    public static Process Begin(string script) => Process.Start(new ProcessStartInfo(Command[0], [.. Command.Skip(1), script])
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

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
        .FirstOrDefault(File.Exists);
}
