using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using HyperV.Qemu.Disks;

namespace HyperV.Qemu.Engine;

/// <summary>What can be asked of a machine that QEMU runs, and told to it.</summary>
internal sealed class QemuMonitor : IDisposable
{
    /// <summary>The power management event enable register of both machine types; the ACPI specification calls it PM1_EN.</summary>
    private const string EventEnableRegister = "0x602";

    /// <summary>Its bit that an operating system sets when it wants to hear of the power button. No firmware does.</summary>
    private const int PowerButtonEnabled = 0x100;

    /// <summary>What a register reads as before the firmware has given it its address.</summary>
    private const int NoRegister = 0xFFFF;

    /// <summary>QEMU holds itself back for the sake of a network that is not there.</summary>
    private const long BytesPerSecond = 1L << 40;

    private readonly QmpConnection _qmp;

    private QemuMonitor(QmpConnection qmp) => _qmp = qmp;

    /// <summary>Connects to a machine.</summary>
    /// <exception cref="System.IO.IOException">QEMU ended, or did not answer; each of the members may throw this too.</exception>
    public static QemuMonitor Open(RuntimeFolder folder) => new(QmpConnection.Open(folder));

    /// <summary>Whether the machine executes. One that has not come to its first instruction is off.</summary>
    public PowerState Power => RunState switch
    {
        "prelaunch" or "inmigrate" or "shutdown" => PowerState.Off,
        "running" => PowerState.Running,
        _ => PowerState.Paused,
    };

    /// <summary>Whether the guest's operating system listens to the power button.</summary>
    public bool GuestHearsPowerButton
    {
        get
        {
            var answer = _qmp.Execute("human-monitor-command", new JsonObject { ["command-line"] = $"i /1hx {EventEnableRegister}" }).GetString()!;
            var register = int.Parse(answer.AsSpan(answer.LastIndexOf('x') + 1).TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return register != NoRegister && (register & PowerButtonEnabled) != 0;
        }
    }

    private string RunState => _qmp.Execute("query-status").GetProperty("status").GetString()!;

    /// <summary>Lets the processors go.</summary>
    public void Go() => _qmp.Execute("cont");

    /// <summary>Stops the processors.</summary>
    public void Halt() => _qmp.Execute("stop");

    /// <summary>Presses the reset button.</summary>
    public void PressResetButton() => _qmp.Execute("system_reset");

    /// <summary>Presses the power button.</summary>
    public void PressPowerButton() => _qmp.Execute("system_powerdown");

    /// <summary>Whether a network adapter finds a cable plugged in.</summary>
    public void SetLink(string adapterId, bool isUp) => _qmp.Execute("set_link", new JsonObject { ["name"] = adapterId, ["up"] = isUp });

    /// <summary>Adds a network.</summary>
    public void AddNetwork(JsonObject network) => _qmp.Execute("netdev_add", network);

    /// <summary>Removes a network.</summary>
    public void RemoveNetwork(string id) => _qmp.Execute("netdev_del", new JsonObject { ["id"] = id });

    /// <summary>Refuses a device that does not exist.</summary>
    public void Require(string deviceId) => _qmp.Execute("qom-list", new JsonObject { ["path"] = $"/machine/peripheral/{deviceId}" });

    /// <summary>Adds a device.</summary>
    public void AddDevice(JsonObject device) => _qmp.Execute("device_add", device);

    /// <summary>Removes a device; one on SCSI is gone at once.</summary>
    public void RemoveDevice(string id) => _qmp.Execute("device_del", new JsonObject { ["id"] = id });

    /// <summary>The medium in a drive; null where there is none.</summary>
    public string? MediumIn(string deviceId) => _qmp.Execute("query-block").EnumerateArray()
        .Where(block => block.TryGetProperty("qdev", out var device) && device.GetString() == deviceId)
        .Select(block => block.TryGetProperty("inserted", out var inserted) ? inserted.GetProperty("node-name").GetString() : null)
        .FirstOrDefault();

    /// <summary>Opens a medium, which is in no drive yet.</summary>
    public void OpenMedium(JsonObject medium) => _qmp.Execute("blockdev-add", medium);

    /// <summary>Closes a medium that is in no drive.</summary>
    public void CloseMedium(string medium) => _qmp.Execute("blockdev-del", new JsonObject { ["node-name"] = medium });

    /// <summary>Opens a DVD drive's tray, also against the guest's will.</summary>
    public void OpenTray(string deviceId) => _qmp.Execute("blockdev-open-tray", new JsonObject { ["id"] = deviceId, ["force"] = true });

    /// <summary>Closes a DVD drive's tray.</summary>
    public void CloseTray(string deviceId) => _qmp.Execute("blockdev-close-tray", new JsonObject { ["id"] = deviceId });

    /// <summary>Takes the medium out of an open tray.</summary>
    public void TakeMedium(string deviceId) => _qmp.Execute("blockdev-remove-medium", new JsonObject { ["id"] = deviceId });

    /// <summary>Puts a medium into an open tray.</summary>
    public void PutMedium(string deviceId, string medium)
        => _qmp.Execute("blockdev-insert-medium", new JsonObject { ["id"] = deviceId, ["node-name"] = medium });

    /// <summary>How the transfer of the machine's state stands; null where there was none.</summary>
    public string? StateTransfer => _qmp.Execute("query-migrate").TryGetProperty("status", out var status) ? status.GetString() : null;

    /// <summary>The virtual hard disks that the machine has open; DVDs are raw.</summary>
    public IReadOnlyList<OpenDisk> OpenDisks =>
    [
        .. from block in _qmp.Execute("query-block").EnumerateArray()
           where block.TryGetProperty("inserted", out _)
           let inserted = block.GetProperty("inserted")
           let format = inserted.GetProperty("drv").GetString()
           where format is "vhdx" or "vpc" or Overlay.Format
           select new OpenDisk(
               block.GetProperty("qdev").GetString()!,
               inserted.GetProperty("node-name").GetString()!,
               format,
               inserted.GetProperty("file").GetString()!,
               inserted.GetProperty("image").GetProperty("virtual-size").GetInt64()),
    ];

    /// <summary>Makes a halted machine send its memory and devices to a socket.</summary>
    public void SendStateTo(string socket)
    {
        _qmp.Execute("migrate-set-parameters", new JsonObject { ["max-bandwidth"] = BytesPerSecond });
        _qmp.Execute("migrate", new JsonObject { ["uri"] = $"unix:{socket}" });
    }

    /// <summary>Makes a machine that waits for its memory and devices listen for them on a socket.</summary>
    public void ReceiveStateFrom(string socket) => _qmp.Execute("migrate-incoming", new JsonObject { ["uri"] = $"unix:{socket}" });

    /// <summary>Closes a disk of a halted machine, which then has a disk of zeros in its place.</summary>
    public void Close(OpenDisk disk)
    {
        OpenMedium(new JsonObject { ["driver"] = "null-co", ["node-name"] = disk.Placeholder, ["size"] = disk.SizeBytes });
        Insert(disk.Device, disk.Placeholder);
        CloseMedium(disk.Medium);
    }

    /// <summary>Opens a disk again that <see cref="Close"/> closed.</summary>
    public void Reopen(OpenDisk disk)
    {
        OpenMedium(QemuCommandLine.Medium(disk.Medium, disk.Format, disk.Path, readOnly: false));
        Insert(disk.Device, disk.Medium);
        CloseMedium(disk.Placeholder);
    }

    /// <inheritdoc/>
    public void Dispose() => _qmp.Dispose();

    private void Insert(string device, string medium)
        => _qmp.Execute("qom-set", new JsonObject { ["path"] = $"/machine/peripheral/{device}", ["property"] = "drive", ["value"] = medium });
}
