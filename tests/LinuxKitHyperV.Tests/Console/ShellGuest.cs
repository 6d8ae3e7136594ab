using System;
using System.Diagnostics;
using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>A guest that is only a shell: one of this machine, in a terminal of its own, behind a pipe.</summary>
internal sealed class ShellGuest : IDisposable
{
    private readonly NamedPipeServerStream _pipe;
    private readonly Process _shell;

    /// <param name="program">The program on the guest's serial line, as a line for a shell.</param>
    public ShellGuest(string program)
    {
        var name = $"lkhv-test-{Guid.NewGuid():N}";
        _pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        Capture = ConsoleCapture.Start(
            new ConsoleCaptureOptions { PipePath = ComPort.PathOf(name), VMId = Guid.NewGuid(), VMName = "web" });
        _pipe.WaitForConnection();
        Capture.WaitUntilConnected(TimeSpan.FromMinutes(1), CancellationToken.None);

        // script(1) gives the program a terminal with job control, as a guest's init does.
        _shell = Process.Start(new ProcessStartInfo("script", ["-q", "-e", "-f", "-c", program, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PS1"] = "/ # ", ["ENV"] = string.Empty, ["HISTFILE"] = string.Empty },
        })!;
        _ = _shell.StandardOutput.BaseStream.CopyToAsync(_pipe);
        _ = CopyInput();
    }

    public ConsoleCapture Capture { get; }

    /// <summary>Writes to the console past the shell, as a kernel does.</summary>
    public void Interject(string text) => _pipe.Write(System.Text.Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        Capture.Dispose();
        _shell.Kill(entireProcessTree: true);
        _shell.Dispose();
        _pipe.Dispose();
    }

    private async Task CopyInput()
    {
        var buffer = new byte[4096];
        while (await _pipe.ReadAsync(buffer) is > 0 and var count)
        {
            await _shell.StandardInput.BaseStream.WriteAsync(buffer.AsMemory(0, count));
            await _shell.StandardInput.BaseStream.FlushAsync();
        }
    }
}
