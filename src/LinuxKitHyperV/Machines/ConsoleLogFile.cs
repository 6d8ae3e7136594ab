using System.IO;
using LinuxKitHyperV.Console;

namespace LinuxKitHyperV.Machines;

/// <summary>Where the consoles of the VMs of one cmdlet are logged.</summary>
internal static class ConsoleLogFile
{
    /// <summary>The log of one VM: the path itself, or a file named after the VM where the path is a folder.</summary>
    public static ConsoleLogOptions? Of(ConsoleLogOptions? log, string machineName) =>
        log is not null && Directory.Exists(log.Path)
            ? log with { Path = Path.Combine(log.Path, FileName.Of(machineName) + ".log") }
            : log;
}
