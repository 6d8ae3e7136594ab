using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>What protects a machine, live.</content>
public sealed partial class VMSecurity
{
    private readonly VirtualMachine _machine;

    internal VMSecurity(VirtualMachine machine) => _machine = machine;

    /// <summary>Whether it has a TPM.</summary>
    public bool TpmEnabled => Definition.TpmEnabled;

    /// <summary>Whether its state and its moves are encrypted.</summary>
    public bool EncryptStateAndVmMigrationTraffic => Definition.EncryptStateAndVmMigrationTraffic;

    /// <summary>Whether it does without virtualization-based security.</summary>
    public bool VirtualizationBasedSecurityOptOut => Definition.VirtualizationBasedSecurityOptOut;

    /// <inheritdoc/>
    public override bool IsDeleted => _machine.IsDeleted;

    internal override VirtualizationHost Host => _machine.Host;

    private SecurityDefinition Definition => _machine.Definition.Security;
}
