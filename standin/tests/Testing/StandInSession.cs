using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using Microsoft.PowerShell;
using Xunit;

namespace HyperV.Qemu.Testing;

/// <summary>A runspace with the stand-in, which keeps its state in a folder of the test's own. The environment tells it where: there is one at a time in a process.</summary>
public class StandInSession : IDisposable
{
    private const string Controls = "HYPERV_QEMU_";

    private readonly Dictionary<string, string?> _environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value, StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();
    private Runspace? _runspace;

    /// <summary>Makes the folder.</summary>
    /// <param name="runsMachines">Whether VMs really run; otherwise their states change and nothing else does.</param>
    public StandInSession(bool runsMachines = false)
    {
        Environment.SetEnvironmentVariable(VirtualizationHost.HomeVariable, State);
        Environment.SetEnvironmentVariable(Engines.Variable, runsMachines ? null : "none");
        StandIn.Fail(null);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>The runspace.</summary>
    public Runspace Runspace => _runspace ??= OpenRunspace();

    /// <summary>The current location, which is there as long as the session.</summary>
    public string Folder => _folder["work"];

    /// <summary>Where the stand-in keeps its state.</summary>
    public string State => _folder["state"];

    /// <summary>The names of the files in the current location.</summary>
    public IEnumerable<string?> Files => Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    /// <summary>The path of a file in the current location.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>The errors of the script that ran last.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The warnings of the script that ran last.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Has calls fail: "Add-VMDvdDrive:1=OperationFailed", with @After once they have done their work.</summary>
    public static void Fail(string? plan) => StandIn.Fail(plan);

    /// <summary>Has calls take their time: "Start-VM=2000", in milliseconds.</summary>
    public static void Delay(string? plan) => Environment.SetEnvironmentVariable(Delays.Variable, plan);

    /// <summary>Has guests take the power button in a way of their own: "no-contact", "stubborn".</summary>
    public static void Guest(string? behavior) => Environment.SetEnvironmentVariable(GuestBehavior.Variable, behavior);

    /// <summary>Gives the host rights on shares, by wildcard.</summary>
    public static void Shares(string? patterns) => Environment.SetEnvironmentVariable(HostReach.Variable, patterns);

    /// <summary>Has Hyper-V hold files for a moment longer than it uses them.</summary>
    public static void Hold(TimeSpan time) => Environment.SetEnvironmentVariable(FileHold.Variable, $"{time.TotalMilliseconds}");

    /// <summary>Has the host's file system compress disks, by wildcard.</summary>
    public static void Compress(string? patterns) => Environment.SetEnvironmentVariable(FileStorage.Variable, patterns);

    /// <summary>Sets how old the properties of VMs may be.</summary>
    protected static void SetPropertyAge(TimeSpan most) => Environment.SetEnvironmentVariable(PropertyAge.Variable, $"{most.TotalMilliseconds}");

    private static Runspace Open(PSHost? host)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Without a machine's or a user's own policy, Windows clients read no formats and types that nobody signed.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        state.ImportPSModule([Path.Combine(StandInBuild.Module, "Hyper-V.psd1"), Path.Combine(StandInBuild.Module, "..", "CimCmdlets", "CimCmdlets.psd1")]);
        var runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        return runspace;
    }

    /// <summary>Opens another runspace like that of the session.</summary>
    /// <param name="host">Its host; null for one that shows nothing.</param>
    public virtual Runspace OpenRunspace(PSHost? host = null)
    {
        var runspace = Open(host);
        runspace.SessionStateProxy.Path.SetLocation(Folder);
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

    /// <summary>Runs a script and gives its output.</summary>
    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        using var powerShell = Script(script, arguments);
        return Invoke(powerShell);
    }

    /// <summary>Runs a script that must not write an error.</summary>
    public IReadOnlyList<PSObject> RunWell(string script, params object?[] arguments)
    {
        var output = Run(script, arguments);
        Assert.Empty(Errors.Select(error => error.ToString()));
        return output;
    }

    /// <summary>Runs a script that must not write an error, but one object.</summary>
    public T One<T>(string script) => LanguagePrimitives.ConvertTo<T>(Assert.Single(RunWell(script)));

    /// <summary>Runs a script that must write one error.</summary>
    public ErrorRecord Fails(string script)
    {
        Run(script);
        return Assert.Single(Errors);
    }

    /// <summary>Runs a script that must write one error of an id and a category.</summary>
    public ErrorRecord Fails(string script, string errorId, ErrorCategory category)
    {
        var error = Fails(script);
        Assert.Equal(errorId, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        return error;
    }

    /// <summary>Calls a cmdlet, with something in the pipeline or without, and gives its output.</summary>
    public IReadOnlyList<PSObject> Call(string cmdlet, IReadOnlyDictionary<string, object> arguments, params object[] input)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var powerShell = PowerShell.Create(Runspace);
        powerShell.AddCommand(cmdlet);
        foreach (var (name, value) in arguments)
        {
            powerShell.AddParameter(name, value);
        }

        return Invoke(powerShell, input);
    }

    /// <summary>Runs a script, which must not write an error, where somebody gives every question the same answer.</summary>
    /// <returns>The questions.</returns>
    public IReadOnlyList<string> RunAnswering(int answer, string script)
    {
        var host = new RecordingHost(answer);
        using var runspace = OpenRunspace(host);
        using var powerShell = PowerShell.Create(runspace);
        powerShell.AddScript(script).Invoke();
        Assert.Empty(powerShell.Streams.Error);
        return host.Questions;
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _runspace?.Dispose();
        foreach (var host in VirtualizationHost.All)
        {
            host.Mounts.All.ToList().ForEach(host.Mounts.Dismount);
        }

        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Union(_environment.Keys).Where(name => name.StartsWith(Controls, StringComparison.Ordinal)))
        {
            Environment.SetEnvironmentVariable(name, _environment.GetValueOrDefault(name));
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private IReadOnlyList<PSObject> Invoke(PowerShell powerShell, params object[] input)
    {
        try
        {
            return powerShell.Invoke(input);
        }
        finally
        {
            Errors = [.. powerShell.Streams.Error];
            Warnings = [.. powerShell.Streams.Warning.Select(warning => warning.Message)];
        }
    }
}
