using System;
using System.IO;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>Runs each machine in a QEMU process of its own, which outlives the process that started it.</summary>
internal sealed class QemuEngine : IEngine
{
    /// <summary>How long a machine that stopped answering may take to end.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void Start(MachineHardware hardware, string runtimeFolder, CancellationToken cancellation)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        new PowerOn(hardware, folder).Run(savedState: false, cancellation);
        SavedState.Discard(folder);
    }

    /// <inheritdoc/>
    public void Restore(MachineHardware hardware, string runtimeFolder, CancellationToken cancellation)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        if (!File.Exists(folder.SavedState))
        {
            throw new EngineException(EngineFault.NotFound, "The machine has no saved state.", folder.SavedState);
        }

        new PowerOn(hardware, folder).Run(savedState: true, cancellation);
        SavedState.Discard(folder);
    }

    /// <inheritdoc/>
    public MachineStatus Query(string runtimeFolder)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        if (QemuProcess.Find(folder) is { } process && Ask(process, folder) is { } status)
        {
            return status;
        }

        Leftovers.ClearIfAny(folder);
        return MachineStatus.Off;
    }

    /// <inheritdoc/>
    public void TurnOff(string runtimeFolder)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        PowerOff.Run(folder);
        SavedState.Discard(folder);
    }

    /// <inheritdoc/>
    public bool ShutDown(string runtimeFolder, TimeSpan timeout, CancellationToken cancellation)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        if (QemuProcess.Find(folder) is not { } process)
        {
            return true;
        }

        Tell(folder, monitor => monitor.PressPowerButton());
        if (!process.WaitForExit(timeout, cancellation))
        {
            return false;
        }

        Leftovers.ClearIfAny(folder);
        return true;
    }

    /// <inheritdoc/>
    public void Reset(string runtimeFolder) => Tell(new RuntimeFolder(runtimeFolder), monitor => monitor.PressResetButton());

    /// <inheritdoc/>
    public void Pause(string runtimeFolder) => Tell(new RuntimeFolder(runtimeFolder), monitor => monitor.Halt());

    /// <inheritdoc/>
    public void Resume(string runtimeFolder) => Tell(new RuntimeFolder(runtimeFolder), monitor => monitor.Go());

    /// <inheritdoc/>
    public void Save(string runtimeFolder)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        Tell(folder, monitor => SavedState.Write(monitor, folder));
        PowerOff.Run(folder);
    }

    private static MachineStatus? Ask(QemuProcess process, RuntimeFolder folder)
    {
        var startedAt = File.GetLastWriteTimeUtc(folder.PidFile);
        var power = PowerState.Running;
        var contact = false;
        try
        {
            using var monitor = QemuMonitor.Open(folder);
            power = monitor.Power;
            contact = power == PowerState.Running && monitor.GuestHearsPowerButton;
        }
        catch (IOException) when (process.WaitForExit(EndPatience))
        {
            return null;
        }
        catch (IOException)
        {
            // It lives and does not answer, as a crashed machine does: all that can be done is to turn it off.
        }

        return power == PowerState.Off ? null : new MachineStatus(power, startedAt, process.MemoryBytes, process.CpuTime, contact);
    }

    private static void Tell(RuntimeFolder folder, Action<QemuMonitor> command)
    {
        if (QemuProcess.Find(folder) is null)
        {
            throw new EngineException(EngineFault.InvalidState, "The machine is off.");
        }

        try
        {
            using var monitor = QemuMonitor.Open(folder);
            command(monitor);
        }
        catch (IOException exception)
        {
            throw new EngineException(EngineFault.InvalidState, $"The machine does not answer: {exception.Message}", innerException: exception);
        }
    }
}
