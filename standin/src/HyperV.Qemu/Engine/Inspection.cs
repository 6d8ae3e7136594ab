using System;
using System.IO;

namespace HyperV.Qemu.Engine;

/// <summary>Finds out what a machine is doing.</summary>
internal static class Inspection
{
    /// <summary>How long a machine that stopped answering may take to end.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    /// <summary>What the machine is doing now.</summary>
    public static MachineStatus Of(RuntimeFolder folder)
    {
        if (MachineProcess.Find(folder) is not { } process)
        {
            return MachineStatus.Off;
        }

        // QEMU writes its pid file once.
        var status = new MachineStatus(
            PowerState.Running,
            File.GetLastWriteTimeUtc(folder.PidFile),
            process.MemoryBytes,
            process.CpuTime,
            GuestContact: false);
        try
        {
            using var monitor = QemuMonitor.Open(folder);
            var power = monitor.Power;
            return power == PowerState.Off
                ? MachineStatus.Off
                : status with { Power = power, GuestContact = power == PowerState.Running && monitor.GuestHearsPowerButton };
        }
        catch (IOException)
        {
            // One that lives and does not answer is as a machine that has crashed: it can be turned off, and no more.
            return process.WaitForExit(EndPatience) ? MachineStatus.Off : status;
        }
    }
}
