using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>A PowerShell of its own, with the module and the stand-in: it runs a line of script after the other, and tells what came of each.</summary>
internal sealed class Worker : IDisposable
{
    // An answer is one line: "done" and a word for each object and error.
    private const string Loop = """
        [Console]::Out.WriteLine('ready')
        while ($null -ne ($line = [Console]::In.ReadLine())) {
            $words = try {
                foreach ($item in & ([scriptblock]::Create($line)) 2>&1 3>$null) {
                    if ($item -is [System.Management.Automation.ErrorRecord]) { ([string] $item.FullyQualifiedErrorId).Split(',')[0] } else { "$($item.Name)" }
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
            var start = new ProcessStartInfo(Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : "dotnet")
            {
                ArgumentList = { Figures.BuildValue("Sandbox"), "-NonInteractive", "-Command", Loop },
                WorkingDirectory = Path.GetDirectoryName(module["web-efi.iso"]),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };

            // Many of them share the processors: none takes more than it needs.
            start.Environment["DOTNET_gcServer"] = "0";
            start.Environment["DOTNET_TieredPGO"] = "0";
            start.Environment.Remove("PSModulePath");
            workers.Add(new Worker(Process.Start(start)!));
        }

        workers.ForEach(worker => Assert.Equal("ready", worker.ReadLine()));
        return workers;
    }

    /// <summary>Has it run a line of script.</summary>
    public void Begin(string script)
    {
        _process.StandardInput.WriteLine(script);
        _process.StandardInput.Flush();
    }

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

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The worker has ended.");
}
