using System;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu;

/// <summary>The errors of the Hyper-V module: its English texts, and the identifiers that go with them.</summary>
internal static class Errors
{
    public static VirtualizationException MachineNotFound(string name, ErrorIdentifier identifier = ErrorIdentifier.ObjectNotFound)
        => new(identifier, $"Hyper-V was unable to find a virtual machine with name \"{name}\".", identifier == ErrorIdentifier.InvalidParameter ? name : null);

    public static VirtualizationException MachineNotFound(Guid id)
        => new(ErrorIdentifier.ObjectNotFound, $"Hyper-V was unable to find a virtual machine with id \"{id}\".");

    /// <summary>An object is gone, or its host's management service does not run: Hyper-V does not tell the two apart.</summary>
    public static VirtualizationException NotAccessible(VirtualizationHost host) => new(
        ErrorIdentifier.ObjectNotFound,
        $"Hyper-V encountered an error trying to access an object on computer '{host.Name}' because the object was not found. "
        + "The object might have been deleted, or you might not have permission to perform the task. "
        + "Verify that the Virtual Machine Management service on the computer is running.");

    public static VirtualizationException SwitchNotFound(string name)
        => new(ErrorIdentifier.InvalidParameter, $"Hyper-V was unable to find a virtual switch with name \"{name}\".");

    public static VirtualizationException NoSuchSwitch()
        => new(ErrorIdentifier.ObjectNotFound, "No Ethernet switch could be found matching the specified criteria.");

    public static VirtualizationException AdapterNotFound()
        => new(ErrorIdentifier.ObjectNotFound, "No network adapter was found with the given criteria.");

    public static VirtualizationException SnapshotNotFound()
        => new(ErrorIdentifier.ObjectNotFound, "Hyper-V was unable to find a checkpoint matching the given criteria.");

    public static VirtualizationException HostNotFound(string name)
        => new(ErrorIdentifier.InvalidParameter, $"The computer '{name}' could not be resolved. Make sure you typed the machine name correctly and that you have network access.");

    public static VirtualizationException DiskInUse()
        => new(ErrorIdentifier.ObjectInUse, "The operation cannot be performed while the object is in use.");

    public static VirtualizationException NotModifiableNow(MachineDefinition machine)
        => new(ErrorIdentifier.InvalidState, $"Modifying the properties of '{machine.Name}' failed.\n\nThe operation cannot be performed while the object is in its current state.");

    public static VirtualizationException DeviceNotModifiableNow(string device)
        => new(ErrorIdentifier.InvalidState, $"Failed to modify device '{device}'.\n\nThe operation cannot be performed while the object is in its current state.");

    public static VirtualizationException InvalidDeviceValue(string device, string reason)
        => new(ErrorIdentifier.InvalidParameter, $"Failed to modify device '{device}'.\n\n{reason}");

    public static VirtualizationException GenerationOneHasNoFirmware(MachineDefinition machine)
        => new(ErrorIdentifier.InvalidParameter, $"The Generation 1 virtual machine or snapshot \"{machine.Name}\" does not support the VMFirmware cmdlets. Use Get-VMBios and Set-VMBios instead.");

    public static VirtualizationException GenerationTwoHasNoBios(MachineDefinition machine)
        => new(ErrorIdentifier.InvalidParameter, $"The Generation 2 virtual machine or snapshot \"{machine.Name}\" does not support the VMBios cmdlets. Use Get-VMFirmware and Set-VMFirmware instead.");

    public static VirtualizationException GenerationTwoHasNoIde()
        => new(ErrorIdentifier.InvalidParameter, "Generation 2 virtual machines do not support IDE.");

    public static VirtualizationException NotSupportedByStandIn(string what)
        => new(ErrorIdentifier.NotSupportedByStandIn, $"The stand-in does not support {what}. Hyper-V may.");

    /// <summary>A failed host operation: the summary, then the same with ids and the system's error number.</summary>
    public static VirtualizationException OperationFailed(
        MachineDefinition machine,
        ErrorIdentifier identifier,
        string summary,
        string reason,
        uint? systemError = null,
        Exception? innerException = null)
    {
        var id = $"(Virtual machine ID {machine.Id.ToString().ToUpperInvariant()})";
        var number = systemError is { } value ? $" (0x{value:X8})" : string.Empty;
        return new VirtualizationException(
            identifier,
            $"'{machine.Name}' {summary}\n\n{reason}\n\n'{machine.Name}' {summary} {id}\n\n'{machine.Name}' {reason}{number} {id}",
            innerException: innerException);
    }
}
