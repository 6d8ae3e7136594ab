using System;
using System.Net.Sockets;

namespace HyperV.Qemu.Worker;

/// <summary>Bytes on their way from one socket to another. Neither socket is waited for.</summary>
internal sealed class ByteFlow
{
    private readonly byte[] _bytes = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether nothing is on its way.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>What is on its way.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start.._end);

    /// <summary>Takes what is there. There must be nothing on its way.</summary>
    /// <returns>Whether the source goes on.</returns>
    public bool Take(Socket source)
    {
        var count = source.Receive(_bytes, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return true;
        }

        (_start, _end) = (0, Math.Max(count, 0));
        return error == SocketError.Success && count > 0;
    }

    /// <summary>Gives as much as the destination takes.</summary>
    /// <returns>Whether the destination goes on.</returns>
    public bool Give(Socket destination)
    {
        while (!IsEmpty)
        {
            var count = destination.Send(Bytes, SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                return error == SocketError.WouldBlock;
            }

            _start += count;
        }

        return true;
    }

    /// <summary>Drops what is on its way.</summary>
    public void Drop() => _start = _end;
}
