using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A machine's memory, live.</content>
public sealed partial class VMMemory
{
    private const string Device = "4764334D-E001-4176-82EE-5594EC9B530E";

    internal VMMemory(VirtualMachineBase owner) => Owner = owner;

    /// <summary>The resource pool.</summary>
    public string ResourcePoolName => "Primordial";

    /// <summary>What dynamic memory keeps free, in percent.</summary>
    public int Buffer => Definition.Buffer;

    /// <summary>Whether memory is dynamic.</summary>
    public bool DynamicMemoryEnabled => Definition.DynamicMemoryEnabled;

    /// <summary>The most that dynamic memory grows to.</summary>
    public long Maximum => Definition.Maximum;

    /// <summary>The least that dynamic memory shrinks to.</summary>
    public long Minimum => Definition.Minimum;

    /// <summary>The weight against other machines.</summary>
    public int Priority => Definition.Priority;

    /// <summary>The memory at the start.</summary>
    public long Startup => Definition.Startup;

    /// <summary>The name.</summary>
    public string Name => "Memory";

    /// <summary>The id.</summary>
    public string Id => ComponentId(Device);

    private MemoryDefinition Definition => Owner.Definition.Memory;

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);
}
