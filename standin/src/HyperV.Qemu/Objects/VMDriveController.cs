using System.Linq;

namespace Microsoft.HyperV.PowerShell;

/// <content>A controller, live.</content>
public abstract partial class VMDriveController
{
    private protected VMDriveController(VirtualMachineBase owner, int number)
    {
        Owner = owner;
        ControllerNumber = number;
    }

    /// <summary>The number.</summary>
    public int ControllerNumber { get; }

    /// <summary>What is attached to it.</summary>
    public Drive[] Drives =>
    [
        .. Owner.HardDrives.Concat<Drive>(Owner.DVDDrives)
            .Where(drive => drive.ControllerType == Type && drive.ControllerNumber == ControllerNumber)
            .OrderBy(drive => drive.ControllerLocation),
    ];

    /// <summary>The name.</summary>
    public string Name => $"{Type} Controller {ControllerNumber}";

    /// <summary>The id.</summary>
    public string Id => ComponentId($"{Device}\\{ControllerNumber}");

    /// <summary>The kind of controller.</summary>
    internal abstract ControllerType Type { get; }

    private protected abstract string Device { get; }

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);
}
