using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>A machine's memory and devices in a file.</summary>
/// <remarks>
/// QEMU calls this a migration and speaks to a socket. This process copies between the socket and the file, and so knows
/// whether all of it was written. QEMU does not migrate a machine that has a VHDX or VHD open: those are closed before.
/// </remarks>
internal static class SavedState
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Writes the state of a machine, which is halted from then on.</summary>
    /// <exception cref="EngineException">It could not be written, and the machine goes on.</exception>
    /// <exception cref="IOException">QEMU ended, or does not answer.</exception>
    public static void Write(QemuMonitor monitor, RuntimeFolder folder)
    {
        var wasRunning = monitor.Power == PowerState.Running;
        var closed = new Stack<OpenDisk>();
        monitor.Halt();
        try
        {
            foreach (var disk in monitor.OpenDisks)
            {
                monitor.Close(disk);
                closed.Push(disk);
            }

            Receive(monitor, folder);
        }
        catch (Exception exception) when (exception is IOException or SocketException or EngineException)
        {
            AwaitOutcome(monitor);
            foreach (var disk in closed)
            {
                monitor.Reopen(disk);
            }

            if (wasRunning)
            {
                monitor.Go();
            }

            throw new EngineException(EngineFault.Unspecified, $"The machine's state could not be written: {exception.Message}", folder.SavedState, exception);
        }
    }

    /// <summary>Removes what was written.</summary>
    public static void Discard(RuntimeFolder folder)
    {
        if (File.Exists(folder.SavedState))
        {
            File.Delete(folder.SavedState);
        }
    }

    /// <summary>Gives a machine that waits for it the state that was written.</summary>
    /// <exception cref="IOException">QEMU ended, as it does where the state is not this machine's.</exception>
    public static void Read(QemuMonitor monitor, RuntimeFolder folder)
    {
        using var sockets = new SocketFolder(folder);
        monitor.ReceiveStateFrom(sockets.Names.StateSocket);
        using (var file = File.OpenRead(folder.SavedState))
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Connect(new UnixDomainSocketEndPoint(sockets.Names.StateSocket));
            using var stream = new NetworkStream(socket);
            file.CopyTo(stream);
        }

        if (!AwaitOutcome(monitor))
        {
            throw new IOException("QEMU could not read it.");
        }
    }

    private static void Receive(QemuMonitor monitor, RuntimeFolder folder)
    {
        using var sockets = new SocketFolder(folder);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        File.Delete(folder.StateSocket);
        listener.Bind(new UnixDomainSocketEndPoint(sockets.Names.StateSocket));
        listener.Listen(1);
        monitor.SendStateTo(sockets.Names.StateSocket);
        using (var socket = listener.Accept())
        using (var stream = new NetworkStream(socket))
        using (var file = File.Create(folder.UnfinishedState))
        {
            stream.CopyTo(file);
            file.Flush(flushToDisk: true);
        }

        if (!AwaitOutcome(monitor))
        {
            throw new IOException("QEMU could not send it.");
        }

        File.Move(folder.UnfinishedState, folder.SavedState);
    }

    /// <summary>Waits until QEMU has done with it.</summary>
    /// <returns>Whether QEMU sent, or received, all of it.</returns>
    private static bool AwaitOutcome(QemuMonitor monitor)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < Patience)
        {
            if (monitor.StateTransfer is var outcome and (null or "completed" or "failed"))
            {
                return outcome == "completed";
            }

            Thread.Sleep(Retry);
        }

        return false;
    }
}
