using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Hosts;

/// <summary>What Windows knows of a host: what Hyper-V's own cmdlets do not tell.</summary>
/// <param name="hyperV">Runs the calls.</param>
/// <param name="host">The host.</param>
internal sealed class HostFacts(IHyperV hyperV, HyperVHost host)
{
    /// <summary>The one object of a class of CIM, or null where it cannot be had.</summary>
    /// <param name="className">The class.</param>
    /// <param name="filter">Which of its objects, in WQL; null for the only one.</param>
    public PSObject? Find(string className, string? filter = null)
    {
        // The cmdlet takes no account: whoever names one has a session with the host.
        var call = new HyperVCall(HyperVCommand.GetCimInstance) { { "ClassName", className } };
        if (filter is not null)
        {
            call.Add("Filter", filter);
        }

        if (host.CimSession is not null)
        {
            call.Add("CimSession", host.CimSession);
        }
        else if (!host.IsLocal)
        {
            call.Add("ComputerName", host.ComputerName);
        }

        return hyperV.Invoke(call).Output.FirstOrDefault();
    }
}

/// <summary>What a cmdlet knows of the PowerShell that it runs in.</summary>
/// <param name="Version">PowerShell's version and edition.</param>
/// <param name="IsSupported">Whether this module supports it.</param>
/// <param name="ModuleVersion">The version of the Hyper-V module; null where there is none.</param>
/// <param name="ForeignGetVM">The module whose Get-VM is called without a module's name, if it is not Hyper-V's.</param>
internal sealed record PowerShellFacts(string Version, bool IsSupported, Version? ModuleVersion, string? ForeignGetVM);
