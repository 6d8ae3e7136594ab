namespace Microsoft.HyperV.PowerShell;

/// <content>An IDE controller.</content>
public sealed partial class VMIdeController
{
    internal VMIdeController(VirtualMachineBase owner, int number)
        : base(owner, number)
    {
    }

    internal override ControllerType Type => ControllerType.IDE;

    private protected override string Device => "83F8638B-8DCA-4152-9EDA-2CA8B33039B4";
}
