using System;
using System.Diagnostics;
using System.IO.Pipes;
using System.Threading.Tasks;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>A shell of this machine, in a terminal of its own, at the other end of a COM port's pipe.</summary>
internal sealed class PipedShell : IDisposable
{
    private readonly NamedPipeServerStream _pipe;
    private readonly Process _shell;

    /// <param name="program">The program in the terminal, as a line for a shell.</param>
    /// <param name="pipe">The pipe, which has its client.</param>
    public PipedShell(string program, NamedPipeServerStream pipe)
    {
        _pipe = pipe;

        // script(1) gives the program a terminal with job control, as a guest's init does. What nohup or a shell's "&" had these tests
        // ignore, no program would get back by itself.
        _shell = Process.Start(new ProcessStartInfo("env", ["--default-signal", "script", "-q", "-e", "-f", "-c", program, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PS1"] = "/ # ", ["ENV"] = string.Empty, ["HISTFILE"] = string.Empty },
        })!;
        _ = _shell.StandardOutput.BaseStream.CopyToAsync(_pipe);
        _ = CopyInput();
    }

    public void Dispose()
    {
        _shell.Kill(entireProcessTree: true);
        _shell.Dispose();
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
