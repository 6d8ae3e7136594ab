namespace Microsoft.HyperV.PowerShell;

/// <content>A SCSI controller.</content>
public sealed partial class VMScsiController
{
    internal VMScsiController(VirtualMachineBase owner, int number)
        : base(owner, number)
    {
    }

    internal override ControllerType Type => ControllerType.SCSI;

    private protected override string Device => "9173EEE7-6DE7-41FF-9F2C-6B3DC88D5E4A";
}
