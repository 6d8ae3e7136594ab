using System.Collections.Generic;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A machine's processors, live.</content>
public sealed partial class VMProcessor
{
    private const string Device = "B637F346-6A0E-4DEC-AF52-BD70CB80A21D";

    internal VMProcessor(VirtualMachineBase owner) => Owner = owner;

    /// <summary>The resource pool.</summary>
    public string ResourcePoolName => "Primordial";

    /// <summary>How many.</summary>
    public long Count => Definition.Count;

    /// <summary>Whether features are hidden so that the machine can move.</summary>
    public bool CompatibilityForMigrationEnabled => Definition.CompatibilityForMigrationEnabled;

    /// <summary>Whether features are hidden for old systems.</summary>
    public bool CompatibilityForOlderOperatingSystemsEnabled => Definition.CompatibilityForOlderOperatingSystemsEnabled;

    /// <summary>Threads per core; 0 as on the host.</summary>
    public long HwThreadCountPerCore => Definition.HwThreadCountPerCore;

    /// <summary>Whether the guest may run machines itself.</summary>
    public bool ExposeVirtualizationExtensions => Definition.ExposeVirtualizationExtensions;

    /// <summary>The most that they may use, in percent.</summary>
    public long Maximum => Definition.Maximum;

    /// <summary>What is reserved, in percent.</summary>
    public long Reserve => Definition.Reserve;

    /// <summary>The weight against other machines.</summary>
    public int RelativeWeight => Definition.RelativeWeight;

    /// <summary>Whether the host watches for misuse.</summary>
    public bool EnableHostResourceProtection => Definition.EnableHostResourceProtection;

    /// <summary>How they are.</summary>
    public IReadOnlyList<VMProcessorOperationalStatus> OperationalStatus => [VMProcessorOperationalStatus.Ok];

    /// <summary>How they are, in words.</summary>
    public IReadOnlyList<string> StatusDescription => ["OK"];

    /// <summary>The name.</summary>
    public string Name => "Processor";

    /// <summary>The id.</summary>
    public string Id => ComponentId($"{Device}\\0");

    private ProcessorDefinition Definition => Owner.Definition.Processor;

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);
}
