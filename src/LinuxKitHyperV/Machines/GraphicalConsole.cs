using System;
using System.ComponentModel;
using System.Diagnostics;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>The window that Hyper-V shows a VM's screen in.</summary>
internal static class GraphicalConsole
{
    /// <summary>The program that opens it.</summary>
    public const string Program = "vmconnect.exe";

    // ERROR_ELEVATION_REQUIRED: the program's manifest, or somebody's setting, asks for an administrator.
    private const int ElevationRequired = 740;

    /// <summary>Opens the window and goes on.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="program">Where <see cref="Program"/> is; null where it is not.</param>
    /// <param name="start">Starts a program; null for a process.</param>
    /// <exception cref="LinuxKitException">GraphicalConsoleNotFound, GraphicalConsoleFailed.</exception>
    public static void Open(LinuxKitMachine machine, string? program, Action<ProcessStartInfo>? start = null)
    {
        if (program is null)
        {
            throw new LinuxKitException(
                "GraphicalConsoleNotFound",
                FailureKind.ObjectNotFound,
                $"{Program} is not on this computer.",
                machine.Name,
                "Enable the Windows feature 'Hyper-V GUI Management Tools' (Microsoft-Hyper-V-Management-Clients); Windows Server Core has none: use it on another computer.");
        }

        // By the id, because several VMs may have a name.
        var host = machine.Object.Text("ComputerName");
        var window = new ProcessStartInfo(program, $"{(host is "" or "." ? "localhost" : host)} -G {machine.Id}") { UseShellExecute = false };
        try
        {
            StartElevatedIfNeedBe(window, start ?? Start);
        }
        catch (Win32Exception exception)
        {
            throw new LinuxKitException(
                "GraphicalConsoleFailed",
                FailureKind.InvalidOperation,
                $"'{program}' could not be started{(window.UseShellExecute ? ", which wants elevation" : string.Empty)}. {exception.Message}",
                machine.Name,
                window.UseShellExecute
                    ? "Answer Windows' question for elevation with Yes, or run PowerShell as an administrator."
                    : "Start it yourself, or open the VM in Hyper-V Manager.",
                exception);
        }
    }

    private static void StartElevatedIfNeedBe(ProcessStartInfo window, Action<ProcessStartInfo> start)
    {
        try
        {
            start(window);
        }
        catch (Win32Exception exception) when (exception.NativeErrorCode == ElevationRequired)
        {
            // The shell asks the user.
            window.UseShellExecute = true;
            start(window);
        }
    }

    private static void Start(ProcessStartInfo window)
    {
        using var process = Process.Start(window);
    }
}
