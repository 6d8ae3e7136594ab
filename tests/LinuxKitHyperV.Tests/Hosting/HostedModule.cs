using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;
using LinuxKitHyperV.Commands;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using Microsoft.PowerShell;
using Xunit;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>The module in a runspace with the stand-in, which keeps its state in a folder of the test's own.</summary>
public sealed class HostedModule : IDisposable
{
    private const string StateVariable = "HYPERV_QEMU_HOME";
    private const string EngineVariable = "HYPERV_QEMU_ENGINE";
    private const string FaultVariable = "HYPERV_QEMU_FAIL";
    private const string DelayVariable = "HYPERV_QEMU_DELAY";
    private const string GuestVariable = "HYPERV_QEMU_GUEST";

    private readonly TemporaryFolder _folder = new();

    /// <summary>A runspace of its own.</summary>
    /// <param name="runsMachines">Whether VMs really run; otherwise their states change and nothing else does.</param>
    public HostedModule(bool runsMachines = false)
    {
        Environment.SetEnvironmentVariable(StateVariable, _folder["state"]);
        Environment.SetEnvironmentVariable(EngineVariable, runsMachines ? null : "none");
        Fail(null);
        Delay(null);
        Guest(null);
        Directory.CreateDirectory(_folder["work"]);
        Runspace = OpenRunspace();
        HyperVGateways.Wrap(Runspace, Recording.Wrap);
        AddImage("web-efi.iso");
    }

    /// <summary>The runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>The errors of the script that ran last.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The warnings of the script that ran last.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>What the cmdlets called.</summary>
    internal RecordingHyperV Recording { get; } = new();

    /// <summary>The stand-in's manifest.</summary>
    private static string StandIn => typeof(HostedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "StandIn").Value!;

    /// <summary>The names of the files in the current location.</summary>
    public IEnumerable<string?> Files => Directory.EnumerateFileSystemEntries(_folder["work"]).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    /// <summary>The path of a file in the current location.</summary>
    public string this[string name] => Path.Combine(_folder["work"], name);

    /// <summary>Puts an image into the current location.</summary>
    public void AddImage(string name) => File.WriteAllBytes(this[name], TestImage.EfiIso());

    /// <summary>Has calls fail: "Add-VMDvdDrive:1=OperationFailed", with @After once they have done their work.</summary>
    public static void Fail(string? plan) => Environment.SetEnvironmentVariable(FaultVariable, plan ?? $"Get-Nothing:{Guid.NewGuid().GetHashCode() & int.MaxValue}=OperationFailed");

    /// <summary>Has calls take their time: "Start-VM=2000", in milliseconds.</summary>
    public static void Delay(string? plan) => Environment.SetEnvironmentVariable(DelayVariable, plan);

    /// <summary>Has guests take the power button in a way of their own: "no-contact", "stubborn".</summary>
    public static void Guest(string? behavior) => Environment.SetEnvironmentVariable(GuestVariable, behavior);

    /// <summary>Runs a script and gives its output.</summary>
    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        using var powerShell = Script(script, arguments);
        try
        {
            return powerShell.Invoke();
        }
        finally
        {
            Note(powerShell);
        }
    }

    /// <summary>Runs a script that must not write an error.</summary>
    public IReadOnlyList<PSObject> RunWell(string script, params object?[] arguments)
    {
        var output = Run(script, arguments);
        Assert.Empty(Errors.Select(error => error.ToString()));
        return output;
    }

    /// <summary>Runs a script that must end with one error of an id and a category.</summary>
    public ErrorRecord RunBadly(string errorId, ErrorCategory category, string script, params object?[] arguments)
    {
        ErrorRecord error;
        try
        {
            Run(script, arguments);
            error = Assert.Single(Errors);
        }
        catch (RuntimeException exception)
        {
            error = exception.ErrorRecord;
        }

        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
        return error;
    }

    /// <summary>Opens a runspace like the one of the tests, whose calls are not recorded.</summary>
    /// <param name="host">Its host; null for one that shows nothing.</param>
    public Runspace OpenRunspace(PSHost? host = null)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Without a machine's or a user's own policy, Windows clients read no formats and types that nobody signed.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        state.ImportPSModule([StandIn, Path.Combine(Path.GetDirectoryName(StandIn)!, "..", "CimCmdlets", "CimCmdlets.psd1")]);
        var runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using var import = PowerShell.Create(runspace).AddScript("param($assembly) Import-Module -Assembly $assembly -ErrorAction Stop").AddArgument(typeof(LinuxKitCommand).Assembly);
        import.Invoke();
        runspace.SessionStateProxy.Path.SetLocation(_folder["work"]);
        return runspace;
    }

    /// <summary>A script in the runspace.</summary>
    public PowerShell Script(string script, params object?[] arguments)
    {
        var powerShell = PowerShell.Create(Runspace);
        powerShell.AddScript(script);
        foreach (var argument in arguments)
        {
            powerShell.AddArgument(argument);
        }

        return powerShell;
    }

    public void Dispose()
    {
        ConsoleCaptures.RemoveOwnedBy(Runspace.InstanceId);
        Runspace.Dispose();
        _folder.Dispose();
    }

    private void Note(PowerShell powerShell)
    {
        Errors = [.. powerShell.Streams.Error];
        Warnings = [.. powerShell.Streams.Warning.Select(warning => warning.Message)];
    }
}
