using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LinuxKitHyperV.HyperV;

/// <summary>Makes the gateway of a cmdlet: Hyper-V's own, unless the runspace was given another one, as tests do.</summary>
internal static class HyperVGateways
{
    private static readonly ConditionalWeakTable<Runspace, Func<PSCmdlet, IHyperV, IHyperV>> Wrappers = new();

    /// <summary>The gateway for one invocation of a cmdlet, as the cmdlet calls it, and Hyper-V's, to be stopped with the cmdlet.</summary>
    public static (IHyperV Gateway, HyperVGateway HyperV) Create(PSCmdlet cmdlet)
    {
        var hyperV = new HyperVGateway(cmdlet);
        return Wrappers.TryGetValue(Runspace.DefaultRunspace, out var wrap) ? (wrap(cmdlet, hyperV), hyperV) : (hyperV, hyperV);
    }

    /// <summary>Has every gateway in a runspace wrapped.</summary>
    public static void Wrap(Runspace runspace, Func<PSCmdlet, IHyperV, IHyperV> wrap) => Wrappers.Add(runspace, wrap);
}
