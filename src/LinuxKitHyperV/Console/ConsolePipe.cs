using System;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace LinuxKitHyperV.Console;

/// <summary>One connection to the pipe of a COM port. One thread may read while others write, one at a time.</summary>
internal sealed class ConsolePipe : IDisposable
{
    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private readonly ConsolePipePath _path;
    private readonly PipeStream _stream;
    private readonly CancellationTokenSource _closing = new();

    private ConsolePipe(ConsolePipePath path, PipeStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>Opens the pipe, waiting while it is in use or does not answer.</summary>
    /// <param name="path">The pipe.</param>
    /// <param name="attemptFailed">Is told of each attempt that failed.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>Null where there is no such pipe.</returns>
    /// <exception cref="ConsolePipeException">The path is no path of a pipe.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public static ConsolePipe? Open(
        ConsolePipePath path, Action<ConsolePipeException> attemptFailed, CancellationToken cancellationToken)
    {
        var wait = new GrowingWait();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pipe = TryOpen(path, out var failure);
            if (pipe != null)
            {
                return pipe;
            }

            attemptFailed(failure!);
            switch (failure!.Reason)
            {
                case ConsolePipeFailure.NotFound:
                    return null;
                case ConsolePipeFailure.BadPath:
                    throw failure;
                default:
                    cancellationToken.WaitHandle.WaitOne(wait.NextMilliseconds());
                    break;
            }
        }
    }

    /// <summary>Whether there is a pipe of that name, without connecting to it.</summary>
    public static bool Exists(ConsolePipePath path) => IsWindows ? WindowsPipe.Exists(path) : UnixPipe.Exists(path);

    /// <summary>Opens the pipe if it can be had at once.</summary>
    /// <returns>The connection, or null; then <paramref name="failure"/> says why.</returns>
    public static ConsolePipe? TryOpen(ConsolePipePath path, out ConsolePipeException? failure)
    {
        var stream = IsWindows ? WindowsPipe.TryOpen(path, out failure) : UnixPipe.TryOpen(path, out failure);
        return stream is null ? null : new ConsolePipe(path, stream);
    }

    /// <summary>Waits for bytes from the guest.</summary>
    /// <returns>How many came; 0 when the connection has ended or was disposed of.</returns>
    public int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            // On Windows a pipe opened for synchronous use would not let a write pass a waiting read. On Unix a
            // synchronous read is what keeps up with a fast writer, and disposing of the pipe wakes it.
            return IsWindows
                ? _stream.ReadAsync(buffer, offset, count, _closing.Token).GetAwaiter().GetResult()
                : _stream.Read(buffer, offset, count);
        }
        catch (Exception exception) when (IsEnd(exception) || (exception is OperationCanceledException && _closing.IsCancellationRequested))
        {
            return 0;
        }
    }

    /// <summary>Sends bytes to the guest.</summary>
    /// <exception cref="ConsolePipeException">The connection has ended.</exception>
    /// <exception cref="OperationCanceledException">The write was canceled; part of the bytes may have been sent.</exception>
    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsWindows)
            {
                UnixPipe.Write(_stream, buffer, offset, count, cancellationToken);
                return;
            }

            var writing = _stream.WriteAsync(buffer, offset, count, cancellationToken);

            // .NET Framework does not cancel a write that has begun.
            Task.WaitAny([writing], cancellationToken);
            writing.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            throw new ConsolePipeException(ConsolePipeFailure.Ended, _path.Text, exception);
        }
    }

    /// <summary>Ends the connection; a waiting <see cref="Read"/> returns 0.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _stream.Dispose();
    }

    private static bool IsEnd(Exception exception) =>
        exception is IOException or ObjectDisposedException or InvalidOperationException;
}
