using System;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Which switch an adapter is plugged into.</summary>
internal static class AdapterConnection
{
    /// <summary>Plugs it in, or pulls it out.</summary>
    /// <remarks>Hyper-V does this while a machine runs; the engine cannot.</remarks>
    public static void Set(VMNetworkAdapter adapter, Guid? switchId)
        => adapter.Machine.Machine.ChangeWhileOff(
            definition => AdapterSelection.Find(definition, adapter).SwitchId = switchId,
            () => Errors.NotSupportedByStandIn("connecting adapters of a machine that is not off"));
}
