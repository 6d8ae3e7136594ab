using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Engine;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Describes a machine to an engine.</summary>
internal static class Hardware
{
    private const string LocalPipe = @"\\.\pipe\";

    /// <summary>What the machine is built of when it is powered on.</summary>
    public static MachineHardware Of(MachineDefinition machine, HostDefinition host) => new(
        machine.Id,
        machine.Name,
        machine.Generation,
        machine.Memory.Startup,
        checked((int)machine.Processor.Count),
        [.. machine.Drives
            .OrderBy(drive => drive.ControllerType).ThenBy(drive => drive.ControllerNumber).ThenBy(drive => drive.ControllerLocation)
            .Select(Of)],
        [.. machine.Adapters.Select(adapter => Of(adapter, host))],
        [.. machine.ComPorts.Select(PipeName)],
        Firmware(machine))
    {
        ScsiControllerCount = machine.ScsiControllerCount,
    };

    /// <summary>A drive.</summary>
    public static DriveHardware Of(DriveDefinition drive) => new(
        drive.Id.ToString(),
        drive.IsDvd,
        drive.ControllerType == ControllerType.IDE ? DriveController.Ide : DriveController.Scsi,
        drive.ControllerNumber,
        drive.ControllerLocation,
        drive.Path);

    /// <summary>A network adapter, where it is plugged in.</summary>
    public static AdapterHardware Of(AdapterDefinition adapter, HostDefinition host)
    {
        var connected = host.Switches.Find(candidate => candidate.Id == adapter.SwitchId);
        return new AdapterHardware(
            adapter.Id.ToString(),
            adapter.MacAddress,
            connected?.Name,
            connected is { SwitchType: VMSwitchType.Private });
    }

    private static string? PipeName(string path)
        => path.StartsWith(LocalPipe, StringComparison.OrdinalIgnoreCase) ? path[LocalPipe.Length..] : null;

    private static FirmwareHardware Firmware(MachineDefinition machine) => new(
        [.. BootOrder(machine).Select(id => id.ToString())],
        machine.Generation == 2 && machine.Firmware.SecureBoot == OnOffState.On ? machine.Firmware.SecureBootTemplateId : null,
        machine.Firmware.ConsoleMode switch
        {
            ConsoleModeType.COM1 => 1,
            ConsoleModeType.COM2 => 2,
            _ => 0,
        },
        Tpm: machine.Security.TpmEnabled);

    private static IEnumerable<Guid> BootOrder(MachineDefinition machine) => machine.Generation == 2
        ? machine.Firmware.BootOrder
        : machine.Firmware.StartupOrder.SelectMany(device => device switch
        {
            BootDevice.CD => machine.Drives.Where(drive => drive.IsDvd).Select(drive => drive.Id),
            BootDevice.IDE => machine.Drives.Where(drive => !drive.IsDvd && drive.ControllerType == ControllerType.IDE).Select(drive => drive.Id),
            BootDevice.LegacyNetworkAdapter => machine.Adapters.Where(adapter => adapter.IsLegacy).Select(adapter => adapter.Id),
            _ => [],
        });
}
