using System;
using System.Linq;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Finds, starts and ends the captures of VMs' consoles.</summary>
internal static class MachineConsole
{
    /// <summary>The capture of a VM's console in this process, if it lives.</summary>
    /// <remarks>One that looks for another pipe than the VM has is of an earlier start: it would look for ever.</remarks>
    public static ConsoleCapture? Find(LinuxKitMachine machine) =>
        FindLive(machine) is { } capture && (capture.State == ConsoleCaptureState.Connected || IsAt(capture.Options.PipePath, machine.ConsolePipe)) ? capture : null;

    /// <summary>The capture of a VM's console in this process, though it may have ended.</summary>
    public static ConsoleCapture? FindAny(LinuxKitMachine machine) =>
        ConsoleCaptures.Find(HostName(machine), machine.Id);

    /// <summary>Captures a VM's console.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="ownerId">The runspace that the capture belongs to.</param>
    /// <param name="log">Where it is logged; null for nowhere.</param>
    /// <exception cref="LinuxKitException">ConsoleNotConfigured, ConsolePathInvalid, ConsoleLogFailed.</exception>
    public static ConsoleCapture Capture(LinuxKitMachine machine, Guid ownerId, ConsoleLogOptions? log = null)
    {
        var pipe = machine.ConsolePipe;
        if (pipe.Length == 0)
        {
            throw new LinuxKitException(
                "ConsoleNotConfigured",
                FailureKind.InvalidOperation,
                $"COM 1 of the VM '{machine.Name}' has no pipe.",
                machine.Name,
                $@"Stop the VM, give it one with Set-VMComPort -VMName '{machine.Name}' -Number 1 -Path \\.\pipe\NAME, and start it again.");
        }

        var host = HostName(machine);
        var logFile = ConsoleLogFile.Of(log, machine.Name);
        if (logFile is not null && HasFile(machine, logFile.Path))
        {
            throw LogFailed(logFile.Path, $"The console cannot be logged to '{logFile.Path}': the VM '{machine.Name}' is made of that file.", null);
        }

        try
        {
            return ConsoleCaptures.Start(new ConsoleCaptureOptions
            {
                Host = host,
                VMId = machine.Id,
                VMName = machine.Name,
                PipePath = PipeOf(machine),
                OwnerId = ownerId,
                Log = logFile,
            });
        }
        catch (ConsolePipeException exception)
        {
            throw new LinuxKitException(
                "ConsolePathInvalid",
                FailureKind.InvalidData,
                exception.Message,
                machine.Name,
                "Give COM 1 another pipe with Set-VMComPort while the VM is off.",
                exception);
        }
        catch (ConsoleLogException exception)
        {
            throw LogFailed(exception.Path, exception.Message, exception);
        }
    }

    /// <summary>Whether the pipe of a running VM's console is there for this user, without connecting to it.</summary>
    public static bool HasPipe(LinuxKitMachine machine)
    {
        try
        {
            return machine.Object.ConsolePipe() is { Length: > 0 } pipe &&
                ConsolePipe.Exists(ConsolePipePath.Parse(OnHost(pipe, machine.PipeHost)));
        }
        catch (ConsolePipeException)
        {
            return false;
        }
    }

    /// <summary>Ends the capture of a VM's console; what was captured can still be read.</summary>
    public static void End(LinuxKitMachine machine, ConsoleEndReason reason) => FindLive(machine)?.End(reason);

    /// <summary>Ends the capture of a VM that is seen to be off; what was captured can still be read.</summary>
    /// <remarks>One that has not been connected yet belongs to a VM that is about to start.</remarks>
    public static void EndIfOff(LinuxKitMachine machine)
    {
        if (FindLive(machine) is { State: ConsoleCaptureState.Connecting, Buffer.LastBoot: not null } capture && CurrentState.IsAtRest(machine))
        {
            capture.BeginEnd(ConsoleEndReason.VMStopped);
        }
    }

    /// <summary>Ends the capture of a VM and forgets what it said.</summary>
    public static void Forget(LinuxKitMachine machine, ConsoleEndReason reason) =>
        ConsoleCaptures.Remove(HostName(machine), machine.Id, reason);

    private static ConsoleCapture? FindLive(LinuxKitMachine machine) => FindAny(machine) is { EndReason: null } capture ? capture : null;

    // On Linux nothing else keeps a log from replacing what the VM boots.
    private static bool HasFile(LinuxKitMachine machine, string path) =>
        machine.Host.IsLocal &&
        machine.Object.DvdPaths().Concat(machine.Object.DiskPaths()).Append(machine.Mark?.Image).Contains(path, StringComparer.OrdinalIgnoreCase);

    private static LinuxKitException LogFailed(string path, string message, Exception? exception) => new(
        "ConsoleLogFailed",
        FailureKind.WriteError,
        message,
        path,
        "Give another path with -ConsoleLogPath; for several VMs the path of a folder.",
        exception);

    // The same pipe, under whichever name of its host.
    private static bool IsAt(string path, string pipe) => pipe.Length > 0 && path.EndsWith(pipe.TrimStart('\\', '.'), StringComparison.OrdinalIgnoreCase);

    private static string PipeOf(LinuxKitMachine machine) => OnHost(machine.ConsolePipe, machine.PipeHost);

    private static string OnHost(string pipe, string host) => host == "." ? pipe : pipe.Replace(@"\\.\", $@"\\{host}\");

    // Not the host's own name: a host that is reached by a session has none.
    private static string HostName(LinuxKitMachine machine) => machine.Host.IsLocal ? "." : machine.Object.Text("ComputerName");
}
