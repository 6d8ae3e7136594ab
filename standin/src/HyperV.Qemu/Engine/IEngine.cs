using System;
using System.Collections.Generic;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>Runs the machines that the stand-in's cmdlets describe.</summary>
/// <remarks>
/// An engine keeps nothing in the process: all it knows of a machine lies in the machine's runtime folder, so
/// that any process can ask for, and change, what another one started.
/// </remarks>
internal interface IEngine
{
    /// <summary>Powers a machine on and returns when it executes.</summary>
    /// <exception cref="EngineException">The machine cannot be powered on; nothing of it is left running.</exception>
    void Start(MachineHardware hardware, string runtimeFolder, CancellationToken cancellation);

    /// <summary>What the machine is doing now. A machine whose guest powered itself off is <see cref="PowerState.Off"/>.</summary>
    MachineStatus Query(string runtimeFolder);

    /// <summary>Pulls the plug, and returns when nothing of the machine is left running.</summary>
    void TurnOff(string runtimeFolder);

    /// <summary>Presses the power button and waits until the machine is off.</summary>
    /// <param name="runtimeFolder">The machine's runtime folder.</param>
    /// <param name="force">Whether a guest that somebody has locked shuts down too.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether the machine was off before <paramref name="timeout"/>.</returns>
    bool ShutDown(string runtimeFolder, bool force, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>Presses the reset button.</summary>
    void Reset(string runtimeFolder);

    /// <summary>Stops the processors without losing anything.</summary>
    void Pause(string runtimeFolder);

    /// <summary>Lets paused processors go on.</summary>
    void Resume(string runtimeFolder);

    /// <summary>Writes memory and devices to the runtime folder and ends the machine.</summary>
    void Save(string runtimeFolder);

    /// <summary>Starts a machine from what <see cref="Save"/> wrote.</summary>
    void Restore(MachineHardware hardware, string runtimeFolder, CancellationToken cancellation);

    /// <summary>Adds a drive on SCSI to a machine that is on.</summary>
    void AddDrive(DriveHardware drive, string runtimeFolder);

    /// <summary>Removes a drive on SCSI from a machine that is on.</summary>
    void RemoveDrive(DriveHardware drive, string runtimeFolder);

    /// <summary>Makes what lies in a DVD drive of a machine that is on what the drive says; the guest cannot hold on to the old medium.</summary>
    void ChangeMedium(DriveHardware drive, string runtimeFolder);

    /// <summary>Pulls an adapter of a machine that is on out of one switch and plugs it into another; each may be none.</summary>
    /// <param name="index">The adapter's place among the machine's adapters.</param>
    /// <param name="before">The adapter as it was.</param>
    /// <param name="now">The adapter as it is to be.</param>
    /// <param name="runtimeFolder">The machine's runtime folder.</param>
    void Connect(int index, AdapterHardware before, AdapterHardware now, string runtimeFolder);
}

/// <summary>Whether a machine executes.</summary>
internal enum PowerState
{
    /// <summary>Nothing runs.</summary>
    Off,

    /// <summary>The processors execute.</summary>
    Running,

    /// <summary>The processors are stopped, memory is kept.</summary>
    Paused,
}

/// <summary>What a machine is doing.</summary>
/// <param name="Power">Whether it executes.</param>
/// <param name="StartedAt">When it was powered on (UTC); null while off.</param>
/// <param name="MemoryAssignedBytes">Guest memory in bytes; 0 while off.</param>
/// <param name="CpuTime">Processor time that the machine has used since it was powered on.</param>
/// <param name="GuestContact">Whether the guest's operating system listens to the power button.</param>
internal sealed record MachineStatus(
    PowerState Power,
    DateTime? StartedAt,
    long MemoryAssignedBytes,
    TimeSpan CpuTime,
    bool GuestContact)
{
    /// <summary>The status of a machine that is not powered on.</summary>
    public static MachineStatus Off { get; } = new(PowerState.Off, null, 0, TimeSpan.Zero, false);
}

/// <summary>What a machine is built of when it is powered on.</summary>
/// <param name="Id">The VM's id.</param>
/// <param name="Name">The VM's name, for process listings only.</param>
/// <param name="Generation">1: BIOS, IDE and SCSI. 2: UEFI and SCSI.</param>
/// <param name="MemoryBytes">Guest memory in bytes.</param>
/// <param name="ProcessorCount">Virtual processors.</param>
/// <param name="Drives">Disks and DVDs, in the order of their controllers.</param>
/// <param name="Adapters">Network adapters, in their order.</param>
/// <param name="ComPorts">The name of the pipe of COM 1 and of COM 2; null where a port has none.</param>
/// <param name="Firmware">How the machine boots.</param>
internal sealed record MachineHardware(
    Guid Id,
    string Name,
    int Generation,
    long MemoryBytes,
    int ProcessorCount,
    IReadOnlyList<DriveHardware> Drives,
    IReadOnlyList<AdapterHardware> Adapters,
    IReadOnlyList<string?> ComPorts,
    FirmwareHardware Firmware)
{
    /// <summary>SCSI controllers, those without drives too: drives may come while the machine is on.</summary>
    public int ScsiControllerCount { get; init; }
}

/// <summary>A disk or a DVD drive.</summary>
/// <param name="Id">What <see cref="FirmwareHardware.BootOrder"/> calls it.</param>
/// <param name="IsDvd">A DVD drive, else a disk.</param>
/// <param name="Controller">IDE or SCSI.</param>
/// <param name="ControllerNumber">The controller's number.</param>
/// <param name="Location">The place on the controller.</param>
/// <param name="Path">The medium: an ISO, or a VHD(X); null for an empty DVD drive.</param>
internal sealed record DriveHardware(
    string Id,
    bool IsDvd,
    DriveController Controller,
    int ControllerNumber,
    int Location,
    string? Path);

/// <summary>What a drive is attached to.</summary>
internal enum DriveController
{
    /// <summary>IDE (Generation 1).</summary>
    Ide,

    /// <summary>SCSI.</summary>
    Scsi,
}

/// <summary>A network adapter.</summary>
/// <param name="Id">What <see cref="FirmwareHardware.BootOrder"/> calls it.</param>
/// <param name="MacAddress">12 hexadecimal digits.</param>
/// <param name="SwitchName">The switch it is connected to; null for none.</param>
/// <param name="OnPrivateSwitch">Whether that switch is private: it leads to no host and no network.</param>
internal sealed record AdapterHardware(string Id, string MacAddress, string? SwitchName, bool OnPrivateSwitch = false);

/// <summary>How a machine boots.</summary>
/// <param name="BootOrder">Ids of drives and adapters, first to last.</param>
/// <param name="SecureBootTemplate">The Secure Boot template's id; null where Secure Boot is off.</param>
/// <param name="ConsoleOnComPort">1 or 2 where the firmware's own text goes to that port (Generation 2); 0 for none.</param>
/// <param name="Tpm">Whether the machine has a TPM.</param>
internal sealed record FirmwareHardware(
    IReadOnlyList<string> BootOrder,
    Guid? SecureBootTemplate,
    int ConsoleOnComPort,
    bool Tpm);

/// <summary>Why a machine cannot do what it was told.</summary>
internal enum EngineFault
{
    /// <summary>Anything else.</summary>
    Unspecified,

    /// <summary>The host's memory does not suffice.</summary>
    OutOfMemory,

    /// <summary>A disk, an ISO or a pipe is used by another machine or process.</summary>
    InUse,

    /// <summary>A disk or an ISO is not there.</summary>
    NotFound,

    /// <summary>A disk or an ISO may not be opened.</summary>
    AccessDenied,

    /// <summary>The file system compresses or encrypts a disk, or keeps it with holes.</summary>
    DiskLimitation,

    /// <summary>The machine is not in a state in which that can be done.</summary>
    InvalidState,
}

/// <summary>A machine cannot do what it was told.</summary>
internal sealed class EngineException : Exception
{
    /// <summary>Says what failed, and on which file where there is one.</summary>
    public EngineException(EngineFault fault, string message, string? path = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
        Path = path;
    }

    /// <summary>The kind of failure.</summary>
    public EngineFault Fault { get; }

    /// <summary>The file that it failed on, if any.</summary>
    public string? Path { get; }
}
