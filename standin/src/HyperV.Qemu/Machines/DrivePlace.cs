using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Where a drive is, or shall be; what is null may be any.</summary>
internal readonly record struct DrivePlace(ControllerType? Type, int? Number, int? Location)
{
    /// <summary>Whether a drive is there.</summary>
    public bool Holds(Drive drive) => Covers(drive.ControllerType, drive.ControllerNumber, drive.ControllerLocation);

    /// <summary>Whether it can mean that place.</summary>
    public bool Covers(ControllerType type, int number, int location)
        => (Type is null || Type == type) && (Number is null || Number == number) && (Location is null || Location == location);
}
