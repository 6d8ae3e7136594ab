using System;
using System.IO.Pipes;
using System.Threading;
using LinuxKitHyperV.Console;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>A guest that is only a shell, and the capture of its console.</summary>
internal sealed class ShellGuest : IDisposable
{
    private readonly NamedPipeServerStream _pipe;
    private readonly PipedShell _shell;

    /// <param name="program">The program on the guest's serial line, as a line for a shell.</param>
    public ShellGuest(string program)
    {
        var name = $"lkhv-test-{Guid.NewGuid():N}";
        _pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        Capture = ConsoleCapture.Start(
            new ConsoleCaptureOptions { PipePath = ComPort.PathOf(name), VMId = Guid.NewGuid(), VMName = "web" });
        _pipe.WaitForConnection();
        Capture.WaitUntilConnected(TimeSpan.FromMinutes(1), CancellationToken.None);
        _shell = new PipedShell(program, _pipe);
    }

    public ConsoleCapture Capture { get; }

    /// <summary>Writes to the console past the shell, as a kernel does.</summary>
    public void Interject(string text) => _pipe.Write(System.Text.Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        Capture.Dispose();
        _shell.Dispose();
        _pipe.Dispose();
    }
}
