using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>Reads Hyper-V's objects by the names of their properties.</summary>
/// <remarks>
/// They are never cast to their CLR types: in PowerShell 7 two types may be called
/// Microsoft.HyperV.PowerShell.VirtualMachine, and under the compatibility layer, in jobs and over remoting they
/// are copies without any.
/// </remarks>
internal static class HyperVObject
{
    /// <summary>The type name by which Hyper-V's cmdlets, and ours, bind a VM.</summary>
    public const string VirtualMachineTypeName = "Microsoft.HyperV.PowerShell.VirtualMachine";

    /// <summary>A property's value as text; enumerations give their name; empty where there is none.</summary>
    public static string Text(this PSObject source, string property) =>
        source.Properties[property]?.Value?.ToString() ?? string.Empty;

    /// <summary>The object's Id.</summary>
    public static Guid Id(this PSObject source) =>
        source.Properties["Id"]?.Value is { } id && LanguagePrimitives.TryConvertTo<Guid>(id, out var guid) ? guid : Guid.Empty;

    /// <summary>The object's Name.</summary>
    public static string Name(this PSObject source) => source.Text("Name");

    /// <summary>A VM's state, by its name: Running, Off, Saved, Paused ...</summary>
    public static string State(this PSObject machine) => machine.Text("State");

    /// <summary>Whether a VM is saved in one way or another: it stays so until somebody starts it.</summary>
    public static bool IsSaved(this PSObject machine) => machine.State() is "Saved" or "SavedCritical" or "FastSaved" or "FastSavedCritical" or "Hibernated";

    /// <summary>Whether a VM is off. In a critical state its files cannot be reached either.</summary>
    public static bool IsOff(this PSObject machine) => machine.State() is "Off" or "OffCritical";

    /// <summary>Whether a VM's guest is in memory and does not run.</summary>
    public static bool IsPaused(this PSObject machine) => machine.State() is "Paused" or "PausedCritical";

    /// <summary>Whether a VM's guest runs. In a critical state its files cannot be reached, and what it is otherwise it still is.</summary>
    public static bool IsRunning(this PSObject machine) => machine.State() is "Running" or "RunningCritical";

    /// <summary>Whether a VM is in a state that a user has named: Off, Saved, Paused, Running.</summary>
    public static bool IsIn(this PSObject machine, string state) => state.ToUpperInvariant() switch
    {
        "OFF" => machine.IsOff(),
        "SAVED" => machine.IsSaved(),
        "PAUSED" => machine.IsPaused(),
        "RUNNING" => machine.IsRunning(),
        _ => false,
    };

    /// <summary>Whether a VM has no guest that runs, and gets none by itself.</summary>
    public static bool IsAtRest(this PSObject machine) => machine.IsOff() || machine.IsSaved();

    /// <summary>A network adapter's MAC address, in twelve digits.</summary>
    public static string MacAddress(this PSObject adapter) => adapter.Text("MacAddress").ToUpperInvariant();

    /// <summary>When a VM was created, by its host's clock.</summary>
    public static DateTime CreationTime(this PSObject machine) =>
        machine.Properties["CreationTime"]?.Value is { } time && LanguagePrimitives.TryConvertTo<DateTime>(time, out var created) ? created : DateTime.MaxValue;

    /// <summary>The pipe of a VM's COM 1, or empty.</summary>
    public static string ConsolePipe(this PSObject machine) =>
        machine.Properties["ComPort1"]?.Value is { } port ? PSObject.AsPSObject(port).Text("Path") : string.Empty;

    /// <summary>The paths of a VM's disks, in the order of its controllers.</summary>
    public static IReadOnlyList<string> DiskPaths(this PSObject machine) => [.. machine.Drives("HardDrives").Select(drive => drive.Text("Path"))];

    /// <summary>The paths of the images in a VM's DVD drives, in the order of its controllers.</summary>
    public static IReadOnlyList<string> DvdPaths(this PSObject machine) => [.. machine.DvdDrives().Select(drive => drive.Text("Path"))];

    /// <summary>A VM's DVD drives, in the order of its controllers.</summary>
    public static IEnumerable<PSObject> DvdDrives(this PSObject machine) => machine.Drives("DVDDrives");

    private static IEnumerable<PSObject> Drives(this PSObject machine, string property) =>
        machine.Properties[property]?.Value is IEnumerable drives ? drives.Cast<object>().Select(PSObject.AsPSObject) : [];
}
