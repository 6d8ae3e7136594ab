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
        var host = boundParameters["ComputerName"] switch
        {
            string name => new HyperVHost(name, null, null),
            IEnumerable names when names.Cast<object>().FirstOrDefault() is string name => new HyperVHost(name, null, null),
            _ => HyperVHost.Local,
        };
        using var powerShell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powerShell.AddCommand(command);
        foreach (var parameter in host.Call(command))
        {
            powerShell.AddParameter(parameter.Key, parameter.Value);
        }

        return powerShell.AddParameter("ErrorAction", ActionPreference.SilentlyContinue).Invoke();
    }
}
