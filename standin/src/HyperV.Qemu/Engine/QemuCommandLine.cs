using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Disks;

namespace HyperV.Qemu.Engine;

/// <summary>The command line of QEMU that makes the machine which Hyper-V would make.</summary>
internal sealed class QemuCommandLine
{
    /// <summary>What QEMU calls the format of an ISO.</summary>
    public const string DvdFormat = "raw";

    private const int Mebibyte = 1024 * 1024;
    private const char MebibyteSuffix = 'M';

    /// <summary>
    /// A location on a controller is a unit of a SCSI target. Hyper-V has a single target, and so have the first eight
    /// locations here; the next eight are on the next target, because the firmware looks for eight units on each.
    /// </summary>
    private const int UnitsOfTarget = 8;

    /// <summary>
    /// Has what x86-64-v2 asks for, and a random number generator, or guests wait for entropy. The more a processor has, the
    /// longer its emulation takes: "max" took a tenth more time to boot.
    /// </summary>
    private const string EmulatedProcessor = "Westmere,+rdrand";

    private readonly List<string> _arguments = [];
    private readonly MachineHardware _hardware;
    private readonly QemuPlatform _platform;
    private readonly RuntimeFolder _folder;
    private readonly RuntimeFolder _sockets;

    private QemuCommandLine(MachineHardware hardware, QemuPlatform platform, RuntimeFolder folder, RuntimeFolder sockets)
    {
        _sockets = sockets;
        _hardware = hardware;
        _platform = platform;
        _folder = folder;
    }

    /// <summary>Writes the command line.</summary>
    /// <param name="hardware">The machine.</param>
    /// <param name="platform">The host.</param>
    /// <param name="folder">The machine's runtime folder.</param>
    /// <param name="sockets">The same, by a name that is short enough for sockets.</param>
    /// <param name="savedState">Whether the machine goes on from what was saved.</param>
    public static IReadOnlyList<string> Build(
        MachineHardware hardware,
        QemuPlatform platform,
        RuntimeFolder folder,
        RuntimeFolder sockets,
        bool savedState = false)
    {
        var line = new QemuCommandLine(hardware, platform, folder, sockets);
        line.Process();
        line.Board();
        line.Firmware();
        line.Drives();
        line.NothingToBootFrom();
        line.Adapters();
        line.SerialPorts();
        line.Tpm();
        if (savedState)
        {
            line.Add("-incoming", "defer");
        }

        return line._arguments;
    }

    /// <summary>Reads the guest's memory, in bytes, from a command line; 0 where it is none of QEMU's.</summary>
    public static long MemoryBytes(string[] commandLine)
    {
        var option = Array.IndexOf(commandLine, "-m");
        return option < 0 ? 0 : Mebibyte * long.Parse(commandLine[option + 1].TrimEnd(MebibyteSuffix), CultureInfo.InvariantCulture);
    }

    /// <summary>The id of an adapter's device.</summary>
    public static string AdapterId(int index) => $"adapter{index}";

    /// <summary>A medium for a drive, or for the firmware.</summary>
    public static JsonObject Medium(string name, string format, string path, bool readOnly) => new()
    {
        ["driver"] = format,
        ["node-name"] = name,
        ["read-only"] = readOnly,
        ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = Path.GetFullPath(path) },
    };

    /// <summary>A drive's medium, which must be there.</summary>
    public static JsonObject Medium(DriveHardware drive)
        => Medium(MediumId(drive), drive.IsDvd ? DvdFormat : DiskFormat(drive.Path!), drive.Path!, readOnly: drive.IsDvd);

    /// <summary>The id of a SCSI controller's device.</summary>
    public static string ScsiControllerId(int number) => $"scsi{number}";

    /// <summary>The id of a drive's medium.</summary>
    public static string MediumId(DriveHardware drive) => $"medium-{DeviceId(drive)}";

    /// <summary>The id of a drive's device.</summary>
    public static string DeviceId(DriveHardware drive)
        => $"{drive.Controller.ToString().ToLowerInvariant()}{drive.ControllerNumber}-{drive.Location}";

    /// <summary>A drive's device, with its medium.</summary>
    public static JsonObject Device(DriveHardware drive)
    {
        var kind = drive.IsDvd ? "cd" : "hd";
        var device = drive.Controller == DriveController.Ide
            ? new JsonObject { ["driver"] = $"ide-{kind}", ["bus"] = $"ide.{drive.ControllerNumber}", ["unit"] = drive.Location }
            : new JsonObject
            {
                ["driver"] = $"scsi-{kind}",
                ["bus"] = $"{ScsiControllerId(drive.ControllerNumber)}.0",
                ["scsi-id"] = drive.Location / UnitsOfTarget,
                ["lun"] = drive.Location % UnitsOfTarget,
            };
        if (drive.Path is not null)
        {
            device["drive"] = MediumId(drive);
        }

        device["id"] = DeviceId(drive);
        return device;
    }

    /// <summary>What plugs an adapter's hub into its switch.</summary>
    public static List<JsonObject> Uplink(int index, AdapterHardware adapter)
    {
        var network = $"network{index}";
        var port = HubPort($"uplink{index}", index);
        port["netdev"] = network;
        var uplink = NetworkScript.Path is { } script && !adapter.OnPrivateSwitch
            ? new JsonObject { ["type"] = "tap", ["id"] = network, ["script"] = script, ["downscript"] = "no" }
            : new JsonObject { ["type"] = "user", ["id"] = network, ["restrict"] = adapter.OnPrivateSwitch };
        return [uplink, port];
    }

    private static string CableId(int index) => $"cable{index}";

    private static JsonObject HubPort(string id, int hub) => new() { ["type"] = "hubport", ["id"] = id, ["hubid"] = hub };

    /// <summary>An option as the command line has it: what it is, then its properties.</summary>
    private static string Option(JsonObject properties) => string.Join(',', properties.Select((property, place) =>
        place == 0 ? Text(property.Value!) : $"{property.Key}={Text(property.Value!)}"));

    private static string Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "on",
        JsonValueKind.False => "off",
        _ => Escape(value.ToString()),
    };

    private void Add(params string[] arguments) => _arguments.AddRange(arguments);

    private void AddMedium(JsonObject medium) => Add("-blockdev", medium.ToJsonString());

    /// <summary>A process of its own, whose processors wait for the command to go.</summary>
    private void Process() => Add(
        "-name", $"guest={Escape(_hardware.Name)}",
        "-uuid", _hardware.Id.ToString(),
        "-nodefaults", "-no-user-config", "-display", "none",
        "-daemonize", "-pidfile", _folder.PidFile, "-S",
        "-qmp", $"unix:{Escape(_sockets.ControlSocket)},server=on,wait=off");

    private void Board()
    {
        Add("-accel", _platform.HasKvm ? "kvm" : "tcg", "-cpu", _platform.HasKvm ? "host" : EmulatedProcessor);
        Add("-smp", _hardware.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Add("-m", $"{_hardware.MemoryBytes / Mebibyte}{MebibyteSuffix}");
        Add("-rtc", "base=utc");

        // Loaders that look for a screen wait, or stop, where there is none.
        Add("-device", "VGA");
    }

    private void Firmware()
    {
        // Without "strict" the firmware goes on to devices that are not in the boot order.
        Add("-boot", "menu=off,strict=on");
        if (_hardware.Generation == 1)
        {
            Add("-machine", "pc");
            return;
        }

        var template = _hardware.Firmware.SecureBootTemplate;
        var secureBoot = template is not null;
        Add("-machine", $"q35,smm={(secureBoot ? "on" : "off")},pflash0=firmware,pflash1=variables");
        AddMedium(Medium("firmware", "raw", _platform.FirmwareCode(secureBoot), readOnly: true));
        AddMedium(Medium("variables", "raw", _folder.FirmwareVariables(template), readOnly: false));
        if (secureBoot)
        {
            // Only code in system management mode may change the variables, and a sleep state would be a way around it.
            Add("-global", "driver=cfi.pflash01,property=secure,value=on");
            Add("-global", "ICH9-LPC.disable_s3=1");
        }
    }

    private void Drives()
    {
        var scsiControllers = _hardware.Drives.Where(drive => drive.Controller == DriveController.Scsi).Select(drive => drive.ControllerNumber);
        foreach (var controller in scsiControllers.Union(Enumerable.Range(0, _hardware.ScsiControllerCount)).Order())
        {
            Add("-device", $"virtio-scsi-pci,id={ScsiControllerId(controller)}");
        }

        foreach (var drive in _hardware.Drives.OrderBy(drive => (drive.Controller, drive.ControllerNumber, drive.Location)))
        {
            Drive(drive);
        }
    }

    /// <summary>Where the boot order is empty the firmware would try everything there is; so it gets an empty drive to try.</summary>
    private void NothingToBootFrom()
    {
        if (_hardware.Firmware.BootOrder.Count == 0)
        {
            Add("-device", "virtio-scsi-pci,id=nothing", "-device", "scsi-cd,bus=nothing.0,bootindex=0");
        }
    }

    private void Drive(DriveHardware drive)
    {
        if (drive.Path is not null)
        {
            AddMedium(Medium(drive));
        }

        Add("-device", Option(Device(drive)) + BootIndex(drive.Id));
    }

    private void Adapters()
    {
        foreach (var (index, adapter) in _hardware.Adapters.Index())
        {
            // The adapter's cable ends in a hub of its own. What the hub is plugged into can change while the machine is on.
            Add("-netdev", Option(HubPort(CableId(index), index)));
            if (adapter.SwitchName is not null)
            {
                Uplink(index, adapter).ForEach(network => Add("-netdev", Option(network)));
            }

            // UEFI has a driver of its own for the adapter; the BIOS needs the card's ROM, but only to boot from it.
            var rom = _hardware.Generation == 1 && BootIndex(adapter.Id).Length > 0 ? string.Empty : ",romfile=";
            Add("-device", $"virtio-net-pci,id={AdapterId(index)},netdev={CableId(index)},mac={MacAddress(adapter)}{rom}{BootIndex(adapter.Id)}");
        }
    }

    /// <summary>A port without a pipe is not there, and does not shift the other one: COM 2 stays the guest's ttyS1.</summary>
    private void SerialPorts()
    {
        if (_hardware.ComPorts.Any(pipe => pipe is not null))
        {
            Add("-qmp", $"unix:{Escape(_sockets.EventSocket)},server=on,wait=off");
        }

        foreach (var (index, pipe) in _hardware.ComPorts.Index())
        {
            if (pipe is not null)
            {
                var port = index + 1;
                Add("-chardev", $"socket,id=com{port},path={Escape(_sockets.SerialSocket(port))},server=on,wait=off{SerialLog(port)}");
                Add("-device", $"isa-serial,index={index},chardev=com{port}");
            }
        }
    }

    private string SerialLog(int port) => _platform.LogsSerialPorts ? $",logfile={Escape(_folder.SerialLog(port))},logappend=off" : string.Empty;

    private void Tpm()
    {
        if (_hardware.Firmware.Tpm)
        {
            Add("-chardev", $"socket,id=tpm,path={Escape(_sockets.TpmSocket)}");
            Add("-tpmdev", "emulator,id=tpm,chardev=tpm");
            Add("-device", "tpm-tis,tpmdev=tpm");
        }
    }

    private string BootIndex(string id)
    {
        var place = _hardware.Firmware.BootOrder.ToList().IndexOf(id);
        return place < 0 ? string.Empty : $",bootindex={place}";
    }

    private static string DiskFormat(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        // A differencing disk is known by what is in it, not by its name.
        _ when Overlay.IsAt(path) => Overlay.Format,
        ".VHDX" => "vhdx",
        ".VHD" => "vpc",
        _ => throw new EngineException(EngineFault.Unspecified, $"'{path}' is no virtual hard disk: it is neither a VHDX nor a VHD.", path),
    };

    private static string MacAddress(AdapterHardware adapter) => string.Join(':', adapter.MacAddress.Chunk(2).Select(pair => new string(pair)));

    /// <summary>A value among others that commas separate.</summary>
    private static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);
}
