using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using WorkerProgram = HyperV.Qemu.Worker.Program;

namespace HyperV.Qemu.Engine;

/// <summary>The process that stands between a machine's COM ports and their pipes. It ends with the machine.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Starts it. It opens the pipes while QEMU starts.</summary>
    /// <param name="folder">The machine's runtime folder.</param>
    /// <param name="sockets">The same, by a short name.</param>
    /// <param name="pipes">The sockets that clients open, by the numbers of the COM ports.</param>
    /// <param name="records">Whether it records what the guest sends.</param>
    public static WorkerProcess Start(RuntimeFolder folder, RuntimeFolder sockets, IReadOnlyDictionary<int, string> pipes, bool records)
    {
        var start = new ProcessStartInfo(DotNetHost.Find())
        {
            ArgumentList = { "exec", typeof(WorkerProgram).Assembly.Location, folder.PidFile, sockets.EventSocket },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Nobody debugs it, and it would leave its debugger's pipes behind when it is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (port, pipe) in pipes)
        {
            start.ArgumentList.Add(pipe);
            start.ArgumentList.Add(sockets.SerialSocket(port));
            start.ArgumentList.Add(records ? folder.SerialRecord(port) : string.Empty);
        }

        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Tells it that QEMU has made the machine, and waits until it is at its work.</summary>
    /// <exception cref="EngineException">A pipe cannot be opened.</exception>
    public void Begin(CancellationToken cancellation)
    {
        try
        {
            _process.StandardInput.WriteLine();
        }
        catch (IOException)
        {
            // It has ended, and has said why.
        }

        var answer = _process.StandardOutput.ReadLineAsync(cancellation).AsTask().GetAwaiter().GetResult();
        if (answer == WorkerProgram.Ready)
        {
            return;
        }

        if (answer?.StartsWith(WorkerProgram.InUse, StringComparison.Ordinal) == true)
        {
            var pipe = answer[WorkerProgram.InUse.Length..];
            throw new EngineException(EngineFault.InUse, $"The pipe '{pipe}' is in use.", pipe);
        }

        throw new EngineException(EngineFault.Unspecified, $"The COM ports' worker has ended: {answer ?? _process.StandardError.ReadToEnd()}");
    }

    /// <summary>Lets go of it; where it has not begun its work, it ends.</summary>
    public void Dispose()
    {
        _process.StandardInput.BaseStream.Dispose();
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }
}
