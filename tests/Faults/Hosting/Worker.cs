using System;
using System.Collections.Generic;
using System.Diagnostics;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>A PowerShell of its own, with the module and the stand-in: it runs a line of script after the other, and tells what came of each.</summary>
internal sealed class Worker : IDisposable
{
    // PowerShell reads commands from its standard input, each a line. An answer is one too: "done" and a word for each object and error.
    private const string Answer = """
        function Answer([scriptblock] $script) {
            $words = try {
                foreach ($item in & $script 2>&1 3>$null) {
                    if ($item -is [Management.Automation.ErrorRecord]) { ([string] $item.FullyQualifiedErrorId).Split(',')[0] } else { "$($item.Name)" }
                }
            } catch { ([string] $_.FullyQualifiedErrorId).Split(',')[0] }
            [Console]::Out.WriteLine("done $words")
        }
        """;

    private readonly Process _process;

    private Worker(Process process) => _process = process;

    /// <summary>Starts some, in the module's current folder; they are ready when this returns.</summary>
    public static IReadOnlyList<Worker> Start(HostedModule module, int count)
    {
        var workers = new List<Worker>();
        for (var index = 0; index < count; index++)
        {
            var start = PowerShellProgram.Start("-");
            start.WorkingDirectory = module.Folder;
            start.RedirectStandardError = false;

            // Many of them share the processors: none takes more than it needs.
            start.Environment["DOTNET_gcServer"] = "0";
            start.Environment["DOTNET_TieredPGO"] = "0";

            // To any other terminal it talks, even where there is none.
            start.Environment["TERM"] = "dumb";
            var worker = new Worker(Process.Start(start)!);
            worker.Type(Answer.ReplaceLineEndings(" "));
            worker.Begin("Import-Module Hyper-V, LinuxKitHyperV");
            workers.Add(worker);
        }

        workers.ForEach(worker => Assert.Empty(worker.End()));
        return workers;
    }

    /// <summary>Has it run a line of script.</summary>
    public void Begin(string script) => Type($"Answer {{ {script} }}");

    /// <summary>Waits until it has run: the names of the objects that it wrote, and the ids of its errors.</summary>
    public string[] End()
    {
        var line = ReadLine();
        Assert.StartsWith("done", line, StringComparison.Ordinal);
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The worker has ended.");
}
