using System.ComponentModel;
using System.Diagnostics;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>The window that Hyper-V shows a VM's screen in.</summary>
internal static class GraphicalConsole
{
    /// <summary>The program that opens it.</summary>
    public const string Program = "vmconnect.exe";

    /// <summary>Opens the window and goes on.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="program">Where <see cref="Program"/> is; null where it is not.</param>
    /// <exception cref="LinuxKitException">GraphicalConsoleNotFound, GraphicalConsoleFailed.</exception>
    public static void Open(LinuxKitMachine machine, string? program)
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
        var start = new ProcessStartInfo(program, $"{(host is "" or "." ? "localhost" : host)} -G {machine.Id}") { UseShellExecute = false };
        try
        {
            using var process = Process.Start(start);
        }
        catch (Win32Exception exception)
        {
            throw new LinuxKitException(
                "GraphicalConsoleFailed",
                FailureKind.InvalidOperation,
                $"'{program}' could not be started. {exception.Message}",
                machine.Name,
                "Start it yourself, or open the VM in Hyper-V Manager.",
                exception);
        }
    }
}
