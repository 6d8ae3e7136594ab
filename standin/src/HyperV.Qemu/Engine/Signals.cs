using System.Runtime.InteropServices;

namespace HyperV.Qemu.Engine;

/// <summary>Signals, of which .NET sends only one.</summary>
internal static class Signals
{
    /// <summary>Asks a process to end.</summary>
    public const int Terminate = 15;

    /// <summary>Ends a process.</summary>
    public const int Kill = 9;

    /// <summary>Sends a signal to a process.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    public static extern int Send(int processId, int signal);
}
