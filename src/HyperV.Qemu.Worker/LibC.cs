using System.Runtime.InteropServices;

namespace HyperV.Qemu.Worker;

/// <summary>What .NET has no call for.</summary>
internal static class LibC
{
    /// <summary>Makes this process the first of a session of its own, which no terminal controls.</summary>
    [DllImport("libc", EntryPoint = "setsid")]
    public static extern int SetSid();
}
