using System;
using System.IO;
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
        var excess = Encoding.UTF8.GetByteCount(socket) - SocketFolder.Limit;
        return excess <= 0
            ? socket
            : throw new EngineException(
                EngineFault.Unspecified,
                $"The pipe's name '{name}' is {excess} bytes too long: on this system a pipe is the socket '{socket}', whose name may have {SocketFolder.Limit} bytes.");
    }
}
