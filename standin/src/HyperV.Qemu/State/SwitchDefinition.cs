using System;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.State;

/// <summary>A virtual switch, as it is kept.</summary>
internal sealed class SwitchDefinition
{
    /// <summary>The id that the Default Switch has on every host, whatever it is called there.</summary>
    public static readonly Guid DefaultSwitchId = new("c08cb7b8-9b3c-408e-8e30-5e16a3aeb444");

    public Guid Id { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = string.Empty;

    public VMSwitchType SwitchType { get; set; }

    public string Notes { get; set; } = string.Empty;

    public bool AllowManagementOS { get; set; }

    public string? NetAdapterInterfaceDescription { get; set; }

    /// <summary>The switch that a host has from the start.</summary>
    public static SwitchDefinition DefaultSwitch() => new()
    {
        Id = DefaultSwitchId,
        Name = "Default Switch",
        SwitchType = VMSwitchType.Internal,
        AllowManagementOS = true,
        Notes = "The Default Network switch automatically gives virtual machines access to the computer's network using NAT.",
    };
}
