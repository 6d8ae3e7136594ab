using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>The BIOS of Generation 1, live.</content>
public sealed partial class VMBios
{
    internal VMBios(VirtualMachineBase owner) => Owner = owner;

    /// <summary>Whether NumLock is on.</summary>
    public bool NumLockEnabled => Definition.NumLockEnabled;

    /// <summary>What it boots from, first to last.</summary>
    public BootDevice[] StartupOrder => [.. Definition.StartupOrder];

    private FirmwareDefinition Definition => Owner.Definition.Firmware;
}
