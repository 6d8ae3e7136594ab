using System.Runtime.InteropServices;

namespace HyperV.Qemu.Worker;

/// <summary>What .NET has no call for.</summary>
internal static class LibC
{
    /// <summary>Makes this process the first of a session of its own, which no terminal controls.</summary>
    [DllImport("libc", EntryPoint = "setsid")]
    public static extern int SetSid();

    /// <summary>Waits, for less than the millisecond that is .NET's shortest wait.</summary>
    [DllImport("libc", EntryPoint = "usleep")]
    public static extern int Sleep(uint microseconds);
}
