using System;
using System.IO;
using System.Linq;
using System.Threading;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Engine;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Hosts;

/// <summary>An engine that runs nothing: it remembers what it was told, for tests and for fleets.</summary>
/// <param name="folder">Where it remembers which machine uses which disk.</param>
internal sealed class StateOnlyEngine(string folder) : IEngine
{
    private readonly DiskOwners _owners = new(folder);

    private const string StatusFile = "status.json";
    private const string ShutdownFile = "shutdown";

    /// <inheritdoc/>
    public void Start(MachineHardware hardware, string runtimeFolder, CancellationToken cancellation)
    {
        if (hardware.MemoryBytes > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            throw new EngineException(EngineFault.OutOfMemory, "Not enough memory resources are available to complete this operation.");
        }

        Directory.CreateDirectory(runtimeFolder);
        _owners.Take(hardware.Drives.Where(drive => !drive.IsDvd).Select(drive => drive.Path).OfType<string>(), runtimeFolder, IsOn);
        var status = new MachineStatus(PowerState.Running, DateTime.UtcNow, hardware.MemoryBytes, TimeSpan.Zero, GuestBehavior.Current != GuestBehavior.NoContact);
        AtomicFile.Write(Path.Combine(runtimeFolder, StatusFile), status);
    }

    /// <inheritdoc/>
    public MachineStatus Query(string runtimeFolder)
        => AtomicFile.Read<MachineStatus>(Path.Combine(runtimeFolder, StatusFile)) ?? MachineStatus.Off;

    /// <inheritdoc/>
    public void TurnOff(string runtimeFolder)
    {
        var shutdown = new FileInfo(Path.Combine(runtimeFolder, ShutdownFile));
        if (shutdown.Exists && DateTime.UtcNow - shutdown.LastWriteTimeUtc < GuestBehavior.StoppingTime)
        {
            throw new EngineException(EngineFault.InvalidState, "The operation cannot be performed while the virtual machine is in its current state.");
        }

        PowerOff(runtimeFolder);
    }

    private static void PowerOff(string runtimeFolder)
    {
        File.Delete(Path.Combine(runtimeFolder, ShutdownFile));
        File.Delete(Path.Combine(runtimeFolder, StatusFile));
        DiskOwners.Release(runtimeFolder);
    }

    /// <inheritdoc/>
    public bool ShutDown(string runtimeFolder, bool force, TimeSpan timeout, CancellationToken cancellation)
    {
        if (GuestBehavior.Current == GuestBehavior.Locked && !force)
        {
            throw new EngineException(
                EngineFault.Unspecified,
                "The virtual machine is locked. An interactive shutdown cannot proceed while the virtual machine is locked.");
        }

        if (GuestBehavior.TimeToShutDown is { } needed)
        {
            File.WriteAllBytes(Path.Combine(runtimeFolder, ShutdownFile), []);
            cancellation.WaitHandle.WaitOne(needed < timeout ? needed : timeout);
            cancellation.ThrowIfCancellationRequested();
            if (needed > timeout)
            {
                return false;
            }
        }

        PowerOff(runtimeFolder);
        return true;
    }

    /// <inheritdoc/>
    public void Reset(string runtimeFolder) => Change(runtimeFolder, status => status with { Power = PowerState.Running });

    /// <inheritdoc/>
    public void Pause(string runtimeFolder) => Change(runtimeFolder, status => status with { Power = PowerState.Paused });

    /// <inheritdoc/>
    public void Resume(string runtimeFolder) => Change(runtimeFolder, status => status with { Power = PowerState.Running });

    /// <inheritdoc/>
    public void Save(string runtimeFolder)
    {
        Require(Query(runtimeFolder));
        TurnOff(runtimeFolder);
    }

    /// <inheritdoc/>
    public void Restore(MachineHardware hardware, string runtimeFolder, CancellationToken cancellation)
        => Start(hardware, runtimeFolder, cancellation);

    /// <inheritdoc/>
    public void AddDrive(DriveHardware drive, string runtimeFolder)
    {
        if (drive is { IsDvd: false, Path: { } path })
        {
            _owners.Take([path], runtimeFolder, IsOn);
        }
    }

    /// <inheritdoc/>
    public void RemoveDrive(DriveHardware drive, string runtimeFolder)
    {
        if (drive is { IsDvd: false, Path: { } path })
        {
            _owners.Release(path, runtimeFolder);
        }
    }

    /// <inheritdoc/>
    public void ChangeMedium(DriveHardware drive, string runtimeFolder) => Require(Query(runtimeFolder));

    /// <inheritdoc/>
    public void Connect(int index, AdapterHardware before, AdapterHardware now, string runtimeFolder) => Require(Query(runtimeFolder));

    private bool IsOn(string runtimeFolder) => Query(runtimeFolder).Power != PowerState.Off;

    private void Change(string runtimeFolder, Func<MachineStatus, MachineStatus> change)
    {
        var status = Query(runtimeFolder);
        Require(status);
        AtomicFile.Write(Path.Combine(runtimeFolder, StatusFile), change(status));
    }

    private static void Require(MachineStatus status)
    {
        if (status.Power == PowerState.Off)
        {
            throw new EngineException(EngineFault.InvalidState, "The operation cannot be performed while the virtual machine is in its current state.");
        }
    }
}
