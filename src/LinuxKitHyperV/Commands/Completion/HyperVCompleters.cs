using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes from what a Hyper-V host has: the one that the command line names, else this one.</summary>
public abstract class HyperVCompleter : ValueCompleter
{
    private protected HyperVCompleter()
    {
    }

    /// <summary>Calls Hyper-V on the host of the command line; errors are no objects.</summary>
    private protected static IReadOnlyList<PSObject> Call(string command, IDictionary boundParameters)
    {
        var host = First(boundParameters["CimSession"]) is { } session
            ? new HyperVHost(null, null, PSObject.AsPSObject(session))
            : First(boundParameters["ComputerName"]) is { } name
                ? new HyperVHost(name.ToString(), First(boundParameters["Credential"]) as PSCredential, null)
                : HyperVHost.Local;
        using var powerShell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powerShell.AddCommand(command);
        foreach (var parameter in host.Call(command))
        {
            powerShell.AddParameter(parameter.Key, parameter.Value);
        }

        return powerShell.AddParameter("ErrorAction", ActionPreference.SilentlyContinue).Invoke();
    }

    private static object? First(object? value) => value is IEnumerable values and not string ? values.Cast<object?>().FirstOrDefault() : value;
}

/// <summary>Completes the names of the VMs that this module made.</summary>
public sealed class VMNameCompleter : HyperVCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) =>
        Call(HyperVCommand.GetVM, boundParameters).Where(machine => LinuxKitMachine.From(machine) is not null).Select(machine => machine.Name());
}

/// <summary>Completes the ids of the VMs that this module made; a list of them shows their names.</summary>
public sealed class VMIdCompleter : HyperVCompleter
{
    private readonly Dictionary<string, string> _names = [];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters)
    {
        foreach (var machine in Call(HyperVCommand.GetVM, boundParameters).Where(machine => LinuxKitMachine.From(machine) is not null))
        {
            _names[machine.Id().ToString()] = machine.Name();
        }

        return _names.Keys;
    }

    /// <inheritdoc/>
    private protected override string ListItem(string value) => _names[value];
}

/// <summary>Completes the names of virtual switches; where several have a name, their ids.</summary>
public sealed class SwitchNameCompleter : HyperVCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) =>
        Call(HyperVCommand.GetVMSwitch, boundParameters)
            .GroupBy(found => found.Name(), StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Count() == 1 ? [same.Key] : same.Select(found => found.Id().ToString()));
}
