using System;
using System.IO;
using System.Net.Sockets;

namespace HyperV.Qemu.Worker;

/// <summary>The right to make and to delete a pipe's socket. One process at a time has it, and the kernel ends it with the process.</summary>
/// <remarks>
/// Without it, of two processes that both find a socket that is left of a killed process, the second would delete the one that the first
/// has just made. It is a socket of its own, whose name is no file.
/// </remarks>
internal sealed class PipeClaim : IDisposable
{
    private readonly string _pipe;
    private readonly Socket _name = PipeSocket.Create();

    private PipeClaim(string pipe) => _pipe = pipe;

    /// <summary>Takes the right.</summary>
    /// <returns>Null where another process has it.</returns>
    public static PipeClaim? TryTake(string pipe)
    {
        var claim = new PipeClaim(pipe);
        try
        {
            claim._name.Bind(new UnixDomainSocketEndPoint('\0' + pipe));
            return claim;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            claim.Dispose();
            return null;
        }
    }

    /// <summary>Deletes the pipe if nobody serves it any more: servers that are no worker's ask for no right.</summary>
    /// <returns>Whether there is no pipe now.</returns>
    public bool Clear()
    {
        if (File.Exists(_pipe) && !IsServed())
        {
            File.Delete(_pipe);
        }

        return !File.Exists(_pipe);
    }

    /// <inheritdoc/>
    public void Dispose() => _name.Dispose();

    /// <remarks>A socket that is left of a process that was killed refuses connections as one in use does. The kernel knows better.</remarks>
    private bool IsServed()
    {
        foreach (var line in File.ReadLines("/proc/net/unix"))
        {
            if (line.EndsWith(' ' + _pipe, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
