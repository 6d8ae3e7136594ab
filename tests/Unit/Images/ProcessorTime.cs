using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>How long the processor has worked, as far as the system tells.</summary>
internal static class ProcessorTime
{
    private const int OfThread = 3;

    /// <summary>For this thread; where only Linux's way to ask is known, elsewhere by the clock.</summary>
    public static TimeSpan OfThisThread => OperatingSystem.IsLinux() && clock_gettime(OfThread, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000)
        : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", SetLastError = true)]
    private static extern int clock_gettime(int clock, out Time time);

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
