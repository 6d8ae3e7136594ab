using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;

namespace HyperV.Qemu.Worker;

/// <summary>Carries what a machine and its clients send each other, as long as the machine runs.</summary>
internal sealed class SerialRelay(MachineEvents events, IReadOnlyList<ComPort> ports)
{
    private const int ForEver = -1;
    private const int MicrosecondsPerMillisecond = 1000;

    /// <summary>QEMU sends byte by byte. To take each as it comes would keep a processor busy; in this time a fast guest sends a hundred.</summary>
    private const int GatherMicroseconds = 400;

    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];

    /// <summary>Returns when QEMU has ended.</summary>
    public void Run()
    {
        while (!events.HasEnded)
        {
            Wait();
            var wasReset = _readable.Contains(events.Socket) && events.ReadReset();
            var hasHeard = false;
            foreach (var port in ports)
            {
                if (wasReset)
                {
                    port.Reset();
                }

                hasHeard |= port.Work(_readable);
            }

            if (hasHeard)
            {
                _ = LibC.Sleep(GatherMicroseconds);
            }
        }
    }

    private void Wait()
    {
        _readable.Clear();
        _writable.Clear();
        _readable.Add(events.Socket);
        foreach (var port in ports)
        {
            port.Await(_readable, _writable);
        }

        Socket.Select(_readable, _writable, null, Microseconds());
    }

    private int Microseconds()
        => ports.Min(port => port.WakesAt) is { } wakesAt
            ? (int)Math.Max(0, wakesAt - Environment.TickCount64) * MicrosecondsPerMillisecond
            : ForEver;
}
