using System;
using System.Linq;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Changes how machines of Generation 2 boot.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMFirmware),
    nameof(BootOrder),
    nameof(FirstBootDevice),
    nameof(EnableSecureBoot),
    nameof(SecureBootTemplate),
    nameof(SecureBootTemplateId),
    nameof(ConsoleMode),
    nameof(PreferredNetworkBootProtocol),
    nameof(PauseAfterBootFailure),
    nameof(Passthru))]
public partial class SetVMFirmware
{
    private protected override void Process()
        => ForEachMachine(VMName, VM ?? VMFirmware?.Select(firmware => firmware.Machine), Set);

    private void Set(VirtualMachine machine)
    {
        if (machine.Generation == 1)
        {
            throw Errors.GenerationOneHasNoFirmware(machine.Definition);
        }

        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        machine.Machine.ChangeWhileOff(Apply, () => Errors.OperationFailed(
            machine.Definition,
            ErrorIdentifier.InvalidState,
            "failed to modify settings.",
            "The operation cannot be performed while the object is in its current state."));
        WritePassthru(Passthru, new VMFirmware(machine));
    }

    private void Apply(MachineDefinition machine)
    {
        var firmware = machine.Firmware;
        if (BootOrder is not null)
        {
            firmware.BootOrder = [.. BootOrder.Select(device => DeviceId(machine, device)).Distinct()];
        }

        if (FirstBootDevice is not null)
        {
            var first = DeviceId(machine, FirstBootDevice);
            firmware.BootOrder = [first, .. firmware.BootOrder.Where(id => id != first)];
        }

        firmware.SecureBoot = EnableSecureBoot ?? firmware.SecureBoot;
        firmware.SecureBootTemplateId = TemplateId() is { } template ? Checked(template, machine) : firmware.SecureBootTemplateId;
        firmware.ConsoleMode = ConsoleMode ?? firmware.ConsoleMode;
        firmware.PreferredNetworkBootProtocol = PreferredNetworkBootProtocol ?? firmware.PreferredNetworkBootProtocol;
        firmware.PauseAfterBootFailure = PauseAfterBootFailure ?? firmware.PauseAfterBootFailure;
    }

    private Guid? TemplateId()
    {
        if (SecureBootTemplateId is { } id)
        {
            return SecureBootTemplates.NameOf(id).Length > 0 ? id : throw NoTemplate(id.ToString());
        }

        return SecureBootTemplate is null ? null : SecureBootTemplates.IdOf(SecureBootTemplate) ?? throw NoTemplate(SecureBootTemplate);
    }

    private static Guid Checked(Guid template, MachineDefinition machine)
        => template == machine.Firmware.SecureBootTemplateId || !machine.Security.TpmInitialized
            ? template
            : throw Errors.OperationFailed(machine, ErrorIdentifier.OperationFailed, "failed to modify settings.", "Cannot modify the secure boot template ID property.");

    private static VirtualizationException NoTemplate(string template)
        => new(ErrorIdentifier.InvalidParameter, $"There is no Secure Boot template '{template}'.");

    private static Guid DeviceId(MachineDefinition machine, VMComponentObject device)
    {
        var id = (device is VMBootSource source ? source.Device : device) switch
        {
            Drive drive => drive.Definition.Id,
            VMNetworkAdapter adapter => adapter.Definition.Id,
            _ => Guid.Empty,
        };
        return device.VMId == machine.Id && (machine.Drives.Exists(drive => drive.Id == id) || machine.Adapters.Exists(adapter => adapter.Id == id))
            ? id
            : throw new VirtualizationException(ErrorIdentifier.InvalidParameter, $"'{machine.Name}' cannot boot from '{device}'.");
    }
}
