using System.Runtime.InteropServices;

namespace HyperV.Qemu.Engine;

/// <summary>What .NET has no call for.</summary>
internal static class LibC
{
    /// <summary>Asks a process to end.</summary>
    public const int SigTerm = 15;

    /// <summary>Ends a process.</summary>
    public const int SigKill = 9;

    /// <summary>Sends a signal to a process.</summary>
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static extern int Kill(int processId, int signal);
}
