using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

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
