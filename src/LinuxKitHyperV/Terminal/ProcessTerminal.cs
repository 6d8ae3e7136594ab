using System.Runtime.InteropServices;

namespace LinuxKitHyperV.Terminal;

/// <summary>The way to the terminal of this process.</summary>
internal static class ProcessTerminal
{
    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Whether both the input and the output of this process are a terminal.</summary>
    public static bool IsAvailable => IsWindows ? WindowsTerminal.IsAvailable : UnixTerminal.IsAvailable;

    /// <summary>The size of the window.</summary>
    public static TerminalSize Size => new(System.Console.WindowHeight, System.Console.WindowWidth);

    /// <summary>Puts the terminal in raw mode until the result is disposed of, or the process ends.</summary>
    public static ITerminal OpenRaw() => IsWindows ? new WindowsTerminal() : new UnixTerminal();
}
