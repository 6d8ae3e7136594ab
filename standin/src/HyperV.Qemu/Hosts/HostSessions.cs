using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.Management.Infrastructure;

namespace HyperV.Qemu.Hosts;

/// <summary>The CIM sessions that a host's objects hold.</summary>
/// <remarks>
/// Nothing here is remote by CIM. But several cmdlets take the session of an object in the pipeline, and will not have null.
/// The sessions are therefore empty shells, good for being recognized and for nothing else.
/// </remarks>
internal static class HostSessions
{
    private static readonly ConcurrentDictionary<string, CimSession> Sessions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The session of a host's objects.</summary>
    public static CimSession Of(VirtualizationHost host)
        => Sessions.GetOrAdd(host.Name, _ => (CimSession)RuntimeHelpers.GetUninitializedObject(typeof(CimSession)));

    /// <summary>The host of a session.</summary>
    /// <exception cref="Microsoft.HyperV.PowerShell.VirtualizationException">The session is of no object here.</exception>
    public static VirtualizationHost HostOf(CimSession session)
        => Sessions.FirstOrDefault(known => ReferenceEquals(known.Value, session)).Key is { } name
            ? VirtualizationHost.Named(name)
            : throw Errors.NotSupportedByStandIn("CIM sessions that no object of its own holds");
}
