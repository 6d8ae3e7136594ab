using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using HyperV.Qemu.Testing;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>PowerShell as a program: the one that the repository pins, with both modules where it finds them.</summary>
internal static class PowerShellProgram
{
    /// <summary>The words of a command line that starts it; its own options follow.</summary>
    public static IReadOnlyList<string> Words { get; } = ["dotnet", BuildFacts.PowerShell, "-NoLogo", "-NoProfile"];

    /// <summary>The same for a shell to read.</summary>
    public static string Line { get; } = string.Join(' ', Words.Select(word => $"'{word}'"));

    /// <summary>The environment that it wants.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["PSModulePath"] = ParentOf(StandInBuild.Module) + Path.PathSeparator + ParentOf(BuildFacts.Module),
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        ["POWERSHELL_UPDATECHECK"] = "Off",
    };

    /// <summary>Sets that environment for a process to start.</summary>
    public static void Prepare(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var (name, value) in Environment)
        {
            environment[name] = value;
        }
    }

    /// <summary>How a process is started that has nobody to ask, and whose streams are ours.</summary>
    /// <param name="command">A script, or "-" for one that comes from its standard input.</param>
    public static ProcessStartInfo Start(string command)
    {
        var start = new ProcessStartInfo(Words[0], [.. Words.Skip(1), "-NonInteractive", "-Command", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Prepare(start.Environment);
        return start;
    }

    /// <summary>Runs a script, which must not write an error, and gives what it writes.</summary>
    public static string Run(string script)
    {
        using var process = Process.Start(Start(script))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && errors.Result.Length == 0
            ? output
            : throw new InvalidOperationException($"{script}: exit code {process.ExitCode}. {output}{errors.Result}");
    }

    private static string ParentOf(string folder) => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!;
}
