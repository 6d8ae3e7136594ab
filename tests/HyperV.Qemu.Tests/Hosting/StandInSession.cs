using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// The environment chooses state and engine, and a process has one.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace HyperV.Qemu.Tests.Hosting;

/// <summary>A runspace with the laid-out module and a state of its own.</summary>
public sealed class StandInSession : IDisposable
{
    private static readonly string[] Variables =
    [
        VirtualizationHost.HomeVariable,
        VirtualizationHost.HostsVariable,
        Engines.Variable,
        FaultPlan.Variable,
        GuestBehavior.Variable,
        Breakdown.Variable,
        FileRights.Variable,
        Permissions.DenyVariable,
        Permissions.RefuseVariable,
        Delays.Variable,
        CompatibilityLayer.Variable,
        NestedHost.Variable,
    ];

    private readonly Dictionary<string, string?> _environment = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly Runspace _runspace;

    /// <summary>Opens it.</summary>
    /// <param name="runsMachines">Whether machines run in QEMU; else nothing runs.</param>
    public StandInSession(bool runsMachines = false)
    {
        Folder = Directory.CreateTempSubdirectory("standin-").FullName;
        Environment.SetEnvironmentVariable(VirtualizationHost.HomeVariable, Path.Combine(Folder, "home"));
        Environment.SetEnvironmentVariable(Engines.Variable, runsMachines ? null : "none");
        StandIn.Fail(null);

        _runspace = OpenRunspace();
        _runspace.SessionStateProxy.Path.SetLocation(Folder);
    }

    /// <summary>The laid-out module.</summary>
    public static string Layout { get; } = BuildValue("StandInLayout");

    /// <summary>A folder that lives as long as the session, and PowerShell's current location.</summary>
    public string Folder { get; }

    /// <summary>The non-terminating errors of the last run.</summary>
    public List<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The warnings of the last run.</summary>
    public List<string> Warnings { get; private set; } = [];

    public void Dispose()
    {
        _runspace.Dispose();
        foreach (var host in VirtualizationHost.All)
        {
            host.Mounts.All.ToList().ForEach(host.Mounts.Dismount);
        }

        foreach (var (name, value) in _environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What the build says of itself.</summary>
    public static string BuildValue(string name) => typeof(StandInSession).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name).Value!;

    /// <summary>Opens a runspace with the module.</summary>
    public static Runspace OpenRunspace() => OpenRunspace(Layout);

    /// <summary>Opens a runspace with a module of that layout.</summary>
    public static Runspace OpenRunspace(string layout, PSHost? host = null)
    {
        var initial = InitialSessionState.CreateDefault2();
        initial.ImportPSModule([Path.Combine(layout, "Hyper-V.psd1"), Path.Combine(Layout, "..", "CimCmdlets", "CimCmdlets.psd1")]);
        var runspace = host is null ? RunspaceFactory.CreateRunspace(initial) : RunspaceFactory.CreateRunspace(host, initial);
        runspace.Open();
        return runspace;
    }

    /// <summary>Runs a script where somebody gives every question the same answer.</summary>
    /// <returns>The questions.</returns>
    public static List<string> RunAnswering(int answer, string script)
    {
        var host = new AnsweringHost(answer);
        using var runspace = OpenRunspace(Layout, host);
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script).Invoke();
        Assert.Empty(shell.Streams.Error);
        return host.Questions;
    }

    /// <summary>Runs a script, and hands out what it writes.</summary>
    public List<PSObject> Run(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: false);
        return Invoke(shell);
    }

    /// <summary>Calls a cmdlet, with something in the pipeline or without, and hands out what it writes.</summary>
    public List<PSObject> Call(string cmdlet, IReadOnlyDictionary<string, object> arguments, params object[] input)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand(cmdlet);
        foreach (var (name, value) in arguments)
        {
            shell.AddParameter(name, value);
        }

        return Invoke(shell, input);
    }

    /// <summary>Runs a script that has to succeed and to write one thing.</summary>
    public T One<T>(string script)
    {
        var output = Run(script);
        Assert.Empty(Errors);
        return LanguagePrimitives.ConvertTo<T>(Assert.Single(output));
    }

    /// <summary>Runs a script that has to succeed.</summary>
    public void Do(string script)
    {
        Run(script);
        Assert.Empty(Errors);
    }

    /// <summary>Runs a script that has to write one error.</summary>
    public ErrorRecord Fails(string script)
    {
        Run(script);
        return Assert.Single(Errors);
    }

    /// <summary>Runs a script that has to write one error with this id and category.</summary>
    public ErrorRecord Fails(string script, string errorId, ErrorCategory category)
    {
        var error = Fails(script);
        Assert.Equal(errorId, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        return error;
    }

    private List<PSObject> Invoke(PowerShell shell, params object[] input)
    {
        var output = shell.Invoke(input).ToList();
        Errors = [.. shell.Streams.Error];
        Warnings = [.. shell.Streams.Warning.Select(warning => warning.Message)];
        return output;
    }
}
