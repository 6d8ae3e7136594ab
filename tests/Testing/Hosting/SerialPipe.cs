using System;
using System.IO.Pipes;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Makes the pipe of a COM port: one client, bytes, both ways at once.</summary>
internal static class SerialPipe
{
    // Without a buffer, Windows holds a write until it is read. On Unix a size is the socket's, whose own is larger.
    private static readonly int BufferSize = OperatingSystem.IsWindows() ? 4096 : 0;

    public static NamedPipeServerStream Serve(string name) =>
        new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous, BufferSize, BufferSize);

    /// <summary>Waits until the capture has connected: a test that waits for ever would take the whole suite with it.</summary>
    public static void WaitForClient(this NamedPipeServerStream server)
    {
        if (!server.WaitForConnectionAsync().Wait(TimeSpan.FromMinutes(2)))
        {
            throw new TimeoutException("Nobody connected to the pipe.");
        }
    }
}
