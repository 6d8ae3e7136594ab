using System;
using System.IO;
using System.Linq;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>Powers a machine on, or leaves nothing of it.</summary>
/// <param name="hardware">The machine.</param>
/// <param name="folder">Its runtime folder.</param>
internal sealed class PowerOn(MachineHardware hardware, RuntimeFolder folder)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);

    /// <summary>Returns when the machine executes.</summary>
    /// <param name="savedState">Whether it goes on from what was saved.</param>
    /// <param name="cancellation">Takes all of it back.</param>
    /// <exception cref="EngineException">The machine cannot be powered on.</exception>
    public void Run(bool savedState, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder.Path);
        using var exclusive = folder.TryLock(LockPatience, cancellation)
            ?? throw new EngineException(EngineFault.InvalidState, "Another process is starting the machine, or is ending it.");
        if (Inspection.Of(folder).Power != PowerState.Off)
        {
            throw new EngineException(EngineFault.InvalidState, "The machine is running already.");
        }

        // A process that was killed while it started the machine has left it before its first instruction.
        TakeBack();
        HostResources.Check(hardware);
        var platform = QemuPlatform.Detect();
        CopyFirmwareVariables(platform);
        try
        {
            Launch(platform, savedState, cancellation);
            LetGo(savedState);
            cancellation.ThrowIfCancellationRequested();
        }
        catch (IOException exception)
        {
            TakeBack();
            throw new EngineException(EngineFault.Unspecified, $"QEMU started and failed: {exception.Message}", innerException: exception);
        }
        catch
        {
            TakeBack();
            throw;
        }
    }

    private void TakeBack()
    {
        PowerOff.End(folder);
        Leftovers.Clear(folder);
    }

    private void CopyFirmwareVariables(QemuPlatform platform)
    {
        if (hardware.Generation == 1)
        {
            return;
        }

        var template = hardware.Firmware.SecureBootTemplate;
        var variables = folder.FirmwareVariables(template);
        if (!File.Exists(variables))
        {
            // QEMU refuses the file while it is incomplete, so a copy that was interrupted must not keep the name.
            var copy = variables + ".new";
            File.WriteAllBytes(copy, platform.FirmwareVariables(template));
            File.Move(copy, variables);
        }
    }

    private void Launch(QemuPlatform platform, bool savedState, CancellationToken cancellation)
    {
        var pipes = hardware.ComPorts.Index()
            .Where(port => port.Item is not null)
            .ToDictionary(port => port.Index + 1, port => ComPipe.SocketOf(port.Item!));
        File.WriteAllLines(folder.PipeList, pipes.Values);

        using var sockets = new SocketFolder(folder);
        using var worker = pipes.Count > 0 ? WorkerProcess.Start(folder, sockets.Names, pipes, platform.LogsSerialPorts) : null;
        if (hardware.Firmware.Tpm)
        {
            TpmProcess.Start(folder, sockets.Names, cancellation);
        }

        QemuLauncher.Launch(platform, QemuCommandLine.Build(hardware, platform, folder, sockets.Names, savedState), cancellation);
        worker?.Begin(cancellation);
    }

    private void LetGo(bool savedState)
    {
        using var monitor = QemuMonitor.Open(folder);
        foreach (var (index, adapter) in hardware.Adapters.Index())
        {
            if (adapter.SwitchName is null)
            {
                monitor.SetLink(QemuCommandLine.AdapterId(index), isUp: false);
            }
        }

        if (savedState)
        {
            SavedState.Read(monitor, folder);
        }

        monitor.Go();
    }
}
