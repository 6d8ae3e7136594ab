namespace Microsoft.HyperV.PowerShell;

/// <content>An entry of the boot order.</content>
public sealed partial class VMBootSource
{
    internal VMBootSource(VirtualMachineBase owner, VMComponentObject device)
    {
        Owner = owner;
        Device = device;
    }

    /// <summary>The kind of entry.</summary>
    public VMBootSourceType BootType => Device is Drive ? VMBootSourceType.Drive : VMBootSourceType.Network;

    /// <summary>The entry in the firmware's words.</summary>
    public string Description => Device is Drive ? "EFI SCSI Device" : "EFI Network";

    /// <summary>The drive or the adapter.</summary>
    public VMComponentObject Device { get; }
}
