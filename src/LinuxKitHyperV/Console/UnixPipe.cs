using System;
using System.IO;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Threading;
using LinuxKitHyperV.Native.Unix;

namespace LinuxKitHyperV.Console;

/// <summary>Opens, and writes to, a pipe where .NET keeps named pipes as sockets in the folder for temporary files.</summary>
internal static class UnixPipe
{
    private const int LookMilliseconds = 100;

    // A socket that is ready to be written takes as much without a wait.
    private const int PieceBytes = 1024;

    /// <inheritdoc cref="ConsolePipe.Exists"/>
    public static bool Exists(ConsolePipePath path) => File.Exists(SocketOf(path));

    /// <inheritdoc cref="ConsolePipe.TryOpen"/>
    public static PipeStream? TryOpen(ConsolePipePath path, out ConsolePipeException? failure)
    {
        // Looking first keeps a long wait for a VM free of exceptions.
        if (!Exists(path))
        {
            failure = new ConsolePipeException(ConsolePipeFailure.NotFound, path.Text);
            return null;
        }

        NamedPipeClientStream? stream = null;
        try
        {
            stream = new NamedPipeClientStream(path.Host, path.Name, PipeDirection.InOut, PipeOptions.None);
            stream.Connect(0);
            failure = null;
            return stream;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or SocketException or UnauthorizedAccessException
                                      or ArgumentException or PlatformNotSupportedException)
        {
            stream?.Dispose();
            failure = new ConsolePipeException(ReasonOf(exception), path.Text, exception);
            return null;
        }
    }

    /// <summary>Sends bytes, looking now and then whether that is still wanted.</summary>
    /// <remarks>
    /// After an asynchronous write the socket would no longer wait by itself: .NET then leads each read through its event loop and
    /// its thread pool, and a guest that talks in small pieces keeps half a processor busy.
    /// </remarks>
    public static void Write(PipeStream stream, byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var descriptor = (int)stream.SafePipeHandle.DangerousGetHandle();
        while (count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (LibC.WaitToWrite(descriptor, LookMilliseconds) == 0)
            {
                continue;
            }

            var piece = Math.Min(count, PieceBytes);
            stream.Write(buffer, offset, piece);
            offset += piece;
            count -= piece;
        }
    }

    private static string SocketOf(ConsolePipePath path) => Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + path.Name);

    private static ConsolePipeFailure ReasonOf(Exception exception) => exception switch
    {
        // The socket is there and refuses: its server listens to nobody at the moment.
        TimeoutException => ConsolePipeFailure.InUse,
        SocketException { SocketErrorCode: SocketError.AccessDenied } => ConsolePipeFailure.AccessDenied,
        UnauthorizedAccessException => ConsolePipeFailure.AccessDenied,
        ArgumentException or PlatformNotSupportedException => ConsolePipeFailure.BadPath,
        _ => ConsolePipeFailure.Other,
    };
}
