using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Threading;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>Takes the Ctrl+C of this process's console before anything else does, the test runner among it, and counts it.</summary>
internal sealed class ConsoleSignals : IDisposable
{
    private readonly HandlerRoutine _handler;
    private int _count;

    public ConsoleSignals()
    {
        _handler = OnSignal;
        if (!SetConsoleCtrlHandler(_handler, true))
        {
            throw new Win32Exception();
        }
    }

    private delegate bool HandlerRoutine(uint signal);

    public int Count => Volatile.Read(ref _count);

    public void Dispose() => SetConsoleCtrlHandler(_handler, false);

    private bool OnSignal(uint signal)
    {
        Interlocked.Increment(ref _count);
        return true;
    }

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    private static extern bool SetConsoleCtrlHandler(HandlerRoutine handler, bool add);
}
