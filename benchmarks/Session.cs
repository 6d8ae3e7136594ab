using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>A runspace in this process with both modules: the PowerShell window that a user has open.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    public Session(Workplace workplace)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Layout.StandIn, Layout.Module]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(workplace[string.Empty]);
    }

    /// <summary>Runs a script that must not write an error, and gives its output.</summary>
    public IReadOnlyList<PSObject> Run(string script)
    {
        using var powerShell = PowerShell.Create(_runspace);
        powerShell.AddScript(script);
        var output = powerShell.Invoke();
        return powerShell.Streams.Error.FirstOrDefault() is { } error ? throw new InvalidOperationException($"{script}: {error}") : output;
    }

    /// <summary>What a script costs.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cleanUp">A script that takes back what the first one did, and does not count.</param>
    public Cost Measure(string script, string cleanUp = "")
    {
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        Run(script);
        var cost = new Cost(watch.Elapsed, Environment.CpuUsage.TotalTime - processor);
        Run(cleanUp);
        return cost;
    }

    public void Dispose() => _runspace.Dispose();
}
