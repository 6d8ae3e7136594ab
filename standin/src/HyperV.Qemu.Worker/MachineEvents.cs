using System;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace HyperV.Qemu.Worker;

/// <summary>What QEMU tells of a machine, in the QEMU Machine Protocol.</summary>
internal sealed class MachineEvents : IDisposable
{
    private readonly byte[] _bytes = new byte[4096];
    private readonly StringBuilder _line = new();

    /// <summary>Asks QEMU for its events.</summary>
    /// <exception cref="SocketException">QEMU does not answer.</exception>
    public MachineEvents(string path)
    {
        Socket.Connect(new UnixDomainSocketEndPoint(path));
        Socket.Send("""{"execute":"qmp_capabilities"}"""u8);
    }

    /// <summary>Has something to read when QEMU has something to tell.</summary>
    public Socket Socket { get; } = PipeSocket.Create();

    /// <summary>Whether QEMU has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads what QEMU tells.</summary>
    /// <returns>Whether the machine was reset.</returns>
    public bool ReadReset()
    {
        var count = Socket.Receive(_bytes, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return false;
        }

        HasEnded = error != SocketError.Success || count == 0;
        var wasReset = false;
        foreach (var character in Encoding.UTF8.GetString(_bytes, 0, Math.Max(count, 0)))
        {
            _line.Append(character);
            if (character == '\n')
            {
                wasReset |= IsReset(_line.ToString());
                _line.Clear();
            }
        }

        return wasReset;
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    private static bool IsReset(string line)
    {
        using var message = JsonDocument.Parse(line);
        return message.RootElement.TryGetProperty("event", out var name) && name.ValueEquals("RESET"u8);
    }
}
