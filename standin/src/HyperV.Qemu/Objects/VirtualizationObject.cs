using HyperV.Qemu.Hosts;
using Microsoft.Management.Infrastructure;

namespace Microsoft.HyperV.PowerShell;

/// <content>What every object of a host has.</content>
public abstract partial class VirtualizationObject
{
    /// <summary>The session that the object came by.</summary>
    public CimSession? CimSession => HostSessions.Of(Host);

    /// <summary>The host's name.</summary>
    public string ComputerName => Host.Name;

    /// <summary>Whether what the object stands for is gone.</summary>
    public abstract bool IsDeleted { get; }

    internal abstract VirtualizationHost Host { get; }

    /// <summary>The machine that the object is, or belongs to; null for what is a host's own.</summary>
    internal virtual VirtualMachine? OwningMachine => null;
}
