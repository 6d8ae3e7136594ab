using System;
using System.ComponentModel;
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

    /// <summary>Puts the terminal in raw mode; null where there is none, or where it is one that cannot be attached, which is told.</summary>
    /// <param name="warn">Is told.</param>
    /// <param name="open">Opens it; null for the terminal of this process.</param>
    public static ITerminal? TryOpenRaw(Action<string> warn, Func<ITerminal>? open = null)
    {
        if (open is null && !IsAvailable)
        {
            return null;
        }

        try
        {
            return (open ?? OpenRaw)();
        }
        catch (Win32Exception exception)
        {
            warn("This terminal takes no control sequences, so that the console cannot be attached to it, and its lines are copied instead. "
                + $"Of a Windows console, turn the option 'Use legacy console' off. {exception.Message}");
            return null;
        }
    }

    /// <summary>Puts the terminal in raw mode until the result is disposed of, or the process ends.</summary>
    public static ITerminal OpenRaw() => IsWindows ? new WindowsTerminal() : new UnixTerminal();
}
