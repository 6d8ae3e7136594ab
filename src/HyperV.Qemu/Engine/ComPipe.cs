using System;
using System.IO;
using System.Net.Sockets;
using System.Text;

namespace HyperV.Qemu.Engine;

/// <summary>The pipe of a COM port. .NET keeps a named pipe as a socket in the folder for temporary files.</summary>
internal static class ComPipe
{
    private const string SocketPrefix = "CoreFxPipe_";

    /// <summary>The socket that a client opens by the pipe's name.</summary>
    /// <exception cref="EngineException">There can be no such pipe here.</exception>
    public static string SocketOf(string name)
    {
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
        {
            throw new EngineException(EngineFault.Unspecified, $"'{name}' cannot be a pipe's name on this system.");
        }

        var socket = Path.Combine(Path.GetTempPath(), SocketPrefix + name);
        var excess = Encoding.UTF8.GetByteCount(socket) - SocketPath.Limit;
        return excess <= 0
            ? socket
            : throw new EngineException(
                EngineFault.Unspecified,
                $"The pipe's name '{name}' is {excess} bytes too long: on this system a pipe is the socket '{socket}', whose name may have {SocketPath.Limit} bytes.");
    }

    /// <summary>The sockets of a machine's pipes since it was powered on.</summary>
    public static string[] ReadList(RuntimeFolder folder) => File.Exists(folder.PipeList) ? File.ReadAllLines(folder.PipeList) : [];

    /// <summary>Deletes a pipe that nobody serves any more.</summary>
    /// <returns>Whether the name is free now.</returns>
    public static bool Clear(string socket)
    {
        if (!File.Exists(socket))
        {
            return true;
        }

        if (IsServed(socket))
        {
            return false;
        }

        File.Delete(socket);
        return true;
    }

    private static bool IsServed(string socket)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
