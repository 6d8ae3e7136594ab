using System;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>Changes what a machine is built of while it is on.</summary>
internal static class HotPlug
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds a drive on SCSI.</summary>
    public static void Add(QemuMonitor monitor, DriveHardware drive)
    {
        // A device_add that fails waits for QEMU's other threads (drain_call_rcu), which under software emulation may be for ever.
        monitor.Require(QemuCommandLine.ScsiControllerId(drive.ControllerNumber));
        if (drive.Path is not null)
        {
            OpenMedium(monitor, drive, QemuCommandLine.Medium(drive));
        }

        try
        {
            monitor.AddDevice(QemuCommandLine.Device(drive));
        }
        catch (EngineException) when (drive.Path is not null)
        {
            monitor.CloseMedium(QemuCommandLine.MediumId(drive));
            throw;
        }
    }

    /// <summary>Removes a drive on SCSI.</summary>
    public static void Remove(QemuMonitor monitor, DriveHardware drive)
    {
        var id = QemuCommandLine.DeviceId(drive);
        var medium = monitor.MediumIn(id);
        monitor.RemoveDevice(id);
        if (medium is null)
        {
            return;
        }

        // QEMU lets go of the medium when it has done with the device, which is after it has answered.
        var waiting = Stopwatch.StartNew();
        while (monitor.MediumIn(id) is not null)
        {
            if (waiting.Elapsed > Patience)
            {
                throw new EngineException(EngineFault.Unspecified, "The drive is not let go of.", drive.Path);
            }

            Thread.Sleep(Retry);
        }

        monitor.CloseMedium(medium);
    }

    /// <summary>Changes what lies in a DVD drive, also where the guest has locked its door.</summary>
    public static void ChangeMedium(QemuMonitor monitor, DriveHardware drive)
    {
        var id = QemuCommandLine.DeviceId(drive);
        var before = monitor.MediumIn(id);
        var now = QemuCommandLine.MediumId(drive);
        if (before == now)
        {
            now += "-other";
        }

        // The new one first: where it cannot be opened, the old one stays.
        if (drive.Path is not null)
        {
            OpenMedium(monitor, drive, QemuCommandLine.Medium(now, QemuCommandLine.DvdFormat, drive.Path, readOnly: true));
        }

        monitor.OpenTray(id);
        if (before is not null)
        {
            monitor.TakeMedium(id);
            monitor.CloseMedium(before);
        }

        if (drive.Path is not null)
        {
            monitor.PutMedium(id, now);
        }

        monitor.CloseTray(id);
    }

    /// <summary>Pulls an adapter's cable out of one switch and plugs it into another; each may be none.</summary>
    public static void Connect(QemuMonitor monitor, int index, AdapterHardware before, AdapterHardware now)
    {
        var adapter = QemuCommandLine.AdapterId(index);
        monitor.SetLink(adapter, isUp: false);
        if (before.SwitchName is not null)
        {
            foreach (var network in QemuCommandLine.Uplink(index, before).AsEnumerable().Reverse())
            {
                monitor.RemoveNetwork(network["id"]!.GetValue<string>());
            }
        }

        if (now.SwitchName is not null)
        {
            QemuCommandLine.Uplink(index, now).ForEach(monitor.AddNetwork);
            monitor.SetLink(adapter, isUp: true);
        }
    }

    /// <remarks>QEMU refuses a file that another process has open; what it says of it begins so, and is not translated.</remarks>
    private static void OpenMedium(QemuMonitor monitor, DriveHardware drive, JsonObject medium)
    {
        try
        {
            monitor.OpenMedium(medium);
        }
        catch (EngineException exception) when (exception.Message.StartsWith("Failed to get ", StringComparison.Ordinal))
        {
            throw new EngineException(EngineFault.InUse, $"'{drive.Path}' is in use.", drive.Path, exception);
        }
    }
}
