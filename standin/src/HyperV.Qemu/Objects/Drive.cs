using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A disk or a DVD drive, live.</content>
public abstract partial class Drive
{
    private DriveDefinition _last;

    private protected Drive(VirtualMachineBase owner, DriveDefinition drive)
    {
        Owner = owner;
        _last = drive;
    }

    /// <summary>The file behind it.</summary>
    public string? Path => Definition.Path;

    /// <summary>The kind of controller.</summary>
    public ControllerType ControllerType => Definition.ControllerType;

    /// <summary>The controller's number.</summary>
    public int ControllerNumber => Definition.ControllerNumber;

    /// <summary>The place on the controller.</summary>
    public int ControllerLocation => Definition.ControllerLocation;

    /// <summary>The storage pool that its medium comes from.</summary>
    public string PoolName => "Primordial";

    /// <summary>The name.</summary>
    public string Name => $"{Kind} on {ControllerType} controller number {ControllerNumber} at location {ControllerLocation}";

    /// <summary>The id.</summary>
    public string Id => ComponentId($"{Upper(_last.Id)}\\{ControllerNumber}\\{ControllerLocation}\\D");

    /// <inheritdoc/>
    public override bool IsDeleted => base.IsDeleted || Current is null;

    internal DriveDefinition Definition => _last = Current ?? _last;

    private protected abstract string Kind { get; }

    private DriveDefinition? Current => Owner.Definition.Drives.Find(drive => drive.Id == _last.Id);

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);
}
