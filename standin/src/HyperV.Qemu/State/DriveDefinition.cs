using System;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.State;

/// <summary>A disk or a DVD drive, as it is kept.</summary>
internal sealed class DriveDefinition
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public bool IsDvd { get; set; }

    public ControllerType ControllerType { get; set; }

    public int ControllerNumber { get; set; }

    public int ControllerLocation { get; set; }

    public string? Path { get; set; }

    /// <summary>Whether the drive is at that place.</summary>
    public bool IsAt(ControllerType type, int number, int location)
        => ControllerType == type && ControllerNumber == number && ControllerLocation == location;
}
