using System;
using System.Linq;

namespace HyperV.Qemu.Engine;

/// <summary>Ends a machine, whatever state QEMU is in.</summary>
internal static class PowerOff
{
    /// <summary>On SIGTERM QEMU closes its files and ends, usually within milliseconds.</summary>
    private static readonly TimeSpan TerminationPatience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan OthersPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    /// <summary>Returns when nothing of the machine is left running.</summary>
    /// <exception cref="EngineException">Something of it cannot be ended.</exception>
    public static void Run(RuntimeFolder folder)
    {
        End(folder);
        Leftovers.ClearIfAny(folder);
    }

    /// <summary>Ends the machine's processes, also those that have not come to writing their pid file.</summary>
    public static void End(RuntimeFolder folder)
    {
        // Ending one that is about to fork leaves another, hence the loop.
        while (MachineProcess.FindAll(folder).OrderByDescending(process => process.IsQemu).ToList() is { Count: > 0 } processes)
        {
            processes.ForEach(End);
        }
    }

    private static void End(MachineProcess process)
    {
        // The others end by themselves when QEMU has: the worker after it has passed on the guest's last words.
        if (!process.IsQemu && process.WaitForExit(OthersPatience))
        {
            return;
        }

        process.Signal(Signals.Terminate);
        if (process.WaitForExit(TerminationPatience))
        {
            return;
        }

        process.Signal(Signals.Kill);
        if (!process.WaitForExit(KillPatience))
        {
            throw new EngineException(EngineFault.Unspecified, $"The process {process.Id} does not end.");
        }
    }
}
