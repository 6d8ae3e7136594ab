using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;

namespace HyperV.Qemu.Worker;

/// <summary>A machine's worker process: it gives COM ports Hyper-V's ways, and ends with the machine.</summary>
/// <remarks>
/// It opens the pipes, waits for a byte from the process that starts it, connects to QEMU, says <see cref="Ready"/> and
/// works on alone. If it cannot, it says why and ends.
/// </remarks>
internal static class Program
{
    /// <summary>What it says when it has begun its work.</summary>
    public const string Ready = "ready";

    /// <summary>What it says, with the pipe behind it, where another process has the pipe in use.</summary>
    public const string InUse = "in use: ";

    /// <summary>Runs the worker.</summary>
    /// <param name="arguments">
    /// The machine's pid file, by which the engine knows the worker; QEMU's socket for commands and events; and for each COM port
    /// its pipe, QEMU's socket for it, and the file that records what the guest sends; empty for none.
    /// </param>
    public static int Main(string[] arguments)
    {
        // The signals that a terminal sends are for the process that started the machine.
        LibC.SetSid();
        var ports = new List<ComPort>();
        try
        {
            foreach (var port in arguments[2..].Chunk(3))
            {
                ports.Add(new ComPort(pipe: port[0], guestSocket: port[1], log: port[2]));
            }

            ports.ForEach(port => port.Open());
            using var parent = Console.OpenStandardInput();
            if (parent.ReadByte() < 0)
            {
                return 1;
            }

            ports.ForEach(port => port.Connect());
            using var events = new MachineEvents(arguments[1]);
            Console.WriteLine(Ready);
            new SerialRelay(events, ports).Run();
            return 0;
        }
        catch (PipeInUseException exception)
        {
            Console.WriteLine(InUse + exception.Pipe);
            return 1;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            Console.WriteLine(exception.Message);
            return 1;
        }
        finally
        {
            ports.ForEach(port => port.Dispose());
        }
    }
}
