using System;
using System.IO.Pipes;
using System.Threading.Tasks;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>A guest that is only a program, behind the pipe of a COM port: it starts when somebody listens.</summary>
internal sealed class GuestProgram : IDisposable
{
    private readonly NamedPipeServerStream _pipe;
    private readonly Task<PipedShell> _shell;

    /// <param name="pipeName">The pipe's name.</param>
    /// <param name="program">The program on the guest's serial line, as a line for a shell.</param>
    public GuestProgram(string pipeName, string program)
    {
        _pipe = SerialPipe.Serve(pipeName);
        _shell = Start(program);
    }

    public void Dispose()
    {
        if (_shell.IsCompletedSuccessfully)
        {
            _shell.Result.Dispose();
        }

        _pipe.Dispose();
    }

    private async Task<PipedShell> Start(string program)
    {
        await _pipe.WaitForConnectionAsync();
        return new PipedShell(program, _pipe);
    }
}
