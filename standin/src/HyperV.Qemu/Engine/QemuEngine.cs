using System;
using System.IO;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>Runs each machine in a QEMU process of its own, which outlives the process that started it.</summary>
internal sealed class QemuEngine : IEngine
{
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
        var status = Inspection.Of(folder);
        if (status.Power == PowerState.Off)
        {
            Leftovers.ClearIfAny(folder);
        }

        return status;
    }

    /// <inheritdoc/>
    public void TurnOff(string runtimeFolder)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        PowerOff.Run(folder);
        SavedState.Discard(folder);
    }

    /// <inheritdoc/>
    public bool ShutDown(string runtimeFolder, bool force, TimeSpan timeout, CancellationToken cancellation)
    {
        var folder = new RuntimeFolder(runtimeFolder);
        if (MachineProcess.Find(folder) is not { } process)
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

    /// <inheritdoc/>
    public void AddDrive(DriveHardware drive, string runtimeFolder)
        => Tell(new RuntimeFolder(runtimeFolder), monitor => HotPlug.Add(monitor, drive));

    /// <inheritdoc/>
    public void RemoveDrive(DriveHardware drive, string runtimeFolder)
        => Tell(new RuntimeFolder(runtimeFolder), monitor => HotPlug.Remove(monitor, drive));

    /// <inheritdoc/>
    public void ChangeMedium(DriveHardware drive, string runtimeFolder)
        => Tell(new RuntimeFolder(runtimeFolder), monitor => HotPlug.ChangeMedium(monitor, drive));

    /// <inheritdoc/>
    public void Connect(int index, AdapterHardware before, AdapterHardware now, string runtimeFolder)
        => Tell(new RuntimeFolder(runtimeFolder), monitor => HotPlug.Connect(monitor, index, before, now));

    private static void Tell(RuntimeFolder folder, Action<QemuMonitor> command)
    {
        if (MachineProcess.Find(folder) is null)
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
