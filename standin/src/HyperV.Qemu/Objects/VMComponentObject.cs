using System;
using HyperV.Qemu.Hosts;

namespace Microsoft.HyperV.PowerShell;

/// <content>A part of a machine, or of a checkpoint.</content>
public abstract partial class VMComponentObject
{
    /// <summary>The machine's id.</summary>
    public virtual Guid VMId => Owner is VMSnapshot snapshot ? snapshot.VMId : Owner.Id;

    /// <summary>The machine's name.</summary>
    public virtual string VMName => Owner is VMSnapshot snapshot ? snapshot.VMName : Owner.Name;

    /// <summary>The checkpoint's id; empty where the part is the machine's.</summary>
    public virtual Guid VMSnapshotId => Owner is VMSnapshot snapshot ? snapshot.Id : Guid.Empty;

    /// <summary>The checkpoint's name; empty where the part is the machine's.</summary>
    public virtual string VMSnapshotName => Owner is VMSnapshot snapshot ? snapshot.Name : string.Empty;

    /// <inheritdoc/>
    public override bool IsDeleted => Owner.IsDeleted;

    /// <summary>What the part belongs to. Only kinds that nobody makes here are without.</summary>
    internal VirtualMachineBase Owner { get; private protected init; } = null!;

    internal override VirtualizationHost Host => Owner.Host;

    internal override VirtualMachine? OwningMachine => Machine;

    /// <summary>The machine that the part is of.</summary>
    internal VirtualMachine Machine => Owner as VirtualMachine ?? ((VMSnapshot)Owner).VirtualMachine;

    /// <summary>A part's id as the module writes it.</summary>
    private protected string ComponentId(string device) => $"Microsoft:{Upper(VMId)}\\{device}";

    /// <summary>A part's description as the module writes it.</summary>
    private protected string Describe(string name, string id)
        => $"{GetType().Name} (Name = '{name}', VMName = '{VMName}') [Id = '{id}', VMId = '{VMId}']";

    /// <summary>A GUID as it stands in ids.</summary>
    private protected static string Upper(Guid id) => id.ToString().ToUpperInvariant();
}
