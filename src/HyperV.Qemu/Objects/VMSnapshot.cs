using System;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A checkpoint.</content>
public sealed partial class VMSnapshot
{
    internal VMSnapshot(VirtualMachine machine, MachineDefinition definition)
    {
        VirtualMachine = machine;
        Definition = definition;
    }

    /// <summary>The machine's id.</summary>
    public Guid VMId => VirtualMachine.Id;

    /// <summary>The machine's name.</summary>
    public string VMName => VirtualMachine.Name;

    /// <inheritdoc/>
    public override VMState State => Definition.Saved ? VMState.Saved : VMState.Off;

    /// <inheritdoc/>
    public override bool IsDeleted => VirtualMachine.IsDeleted;

    internal VirtualMachine VirtualMachine { get; }

    internal override MachineDefinition Definition { get; }

    internal override VirtualizationHost Host => VirtualMachine.Host;

    /// <inheritdoc/>
    public override string ToString() => $"VMSnapshot (Name = '{Name}') [Id = '{Id}', VMId = '{VMId}']";
}
