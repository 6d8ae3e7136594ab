using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Xunit;

namespace HyperV.Qemu.Tests.Hosting;

/// <summary>The same module and the same state in a process of its own: this test program, told to run a script.</summary>
public sealed class OtherProcess : IDisposable
{
    /// <summary>The environment variable that makes this program run a script instead of tests.</summary>
    public const string ScriptVariable = "HYPERV_QEMU_TESTS_SCRIPT";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    public OtherProcess(string script)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            Environment = { [ScriptVariable] = script },
        };
        _process = Process.Start(start)!;
        Output = _process.StandardOutput.ReadToEnd();
        Assert.True(_process.WaitForExit(Patience));
        Assert.Equal(0, _process.ExitCode);
    }

    /// <summary>What the script wrote, a line each.</summary>
    public string Output { get; }

    public void Dispose() => _process.Dispose();

    /// <summary>Runs before anything else of this program.</summary>
    [ModuleInitializer]
    internal static void RunScript()
    {
        if (Environment.GetEnvironmentVariable(ScriptVariable) is { } script)
        {
            using var runspace = StandInSession.OpenRunspace();
            using var shell = PowerShell.Create(runspace);
            foreach (var line in shell.AddScript(script).Invoke())
            {
                Console.WriteLine(line);
            }

            Environment.Exit(shell.HadErrors ? 1 : 0);
        }
    }
}
