using System;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Which switch an adapter is plugged into.</summary>
internal static class AdapterConnection
{
    /// <summary>Plugs it in, or pulls it out, also while the machine is on.</summary>
    public static void Set(VMNetworkAdapter adapter, Guid? switchId)
    {
        var machine = adapter.Machine.Machine;
        var before = adapter.Definition;
        var now = before;
        var index = 0;
        machine.ChangeLive(
            "failed to modify device 'Network Adapter'.",
            definition =>
            {
                now = AdapterSelection.Find(definition, adapter);
                now.SwitchId = switchId;
                index = definition.Adapters.IndexOf(now);
            },
            () => machine.Host.Engine.Connect(index, Describe(before), Describe(now), machine.RuntimeFolder));

        Engine.AdapterHardware Describe(AdapterDefinition definition) => Hardware.Of(definition, machine.Host.Store.Settings);
    }
}
