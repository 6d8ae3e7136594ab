using System;
using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Native.Windows;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Opens a pipe by CreateFile: NamedPipeClientStream.Connect reports a missing pipe and a busy one alike, as a time-out, and
/// spins until then (https://github.com/dotnet/corefx/issues/7635).
/// </summary>
internal static class WindowsPipe
{
    // 0 would be the server's own default.
    private const uint ShortestWait = 1;

    /// <inheritdoc cref="ConsolePipe.Exists"/>
    /// <remarks>Asked by WaitNamedPipe, which takes no instance of the pipe: opening it would be a client's one connection.</remarks>
    public static bool Exists(ConsolePipePath path) =>
        Kernel32.WaitNamedPipe(path.Text, ShortestWait) || Marshal.GetLastWin32Error() != Kernel32.FileNotFound;

    /// <inheritdoc cref="ConsolePipe.TryOpen"/>
    public static PipeStream? TryOpen(ConsolePipePath path, out ConsolePipeException? failure)
    {
        var handle = Kernel32.CreateFile(
            path.Text,
            Kernel32.GenericRead | Kernel32.GenericWrite,
            share: 0,
            attributes: null,
            Kernel32.OpenExisting,
            Kernel32.Overlapped | Kernel32.IdentificationOnly,
            template: IntPtr.Zero);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastWin32Error();
            handle.Dispose();
            failure = new ConsolePipeException(ReasonOf(error), path.Text, new Win32Exception(error));
            return null;
        }

        failure = null;
        return new NamedPipeClientStream(PipeDirection.InOut, isAsync: true, isConnected: true, AsPipe(handle));
    }

    private static SafePipeHandle AsPipe(SafeFileHandle handle)
    {
        var pipe = new SafePipeHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return pipe;
    }

    private static ConsolePipeFailure ReasonOf(int error) => error switch
    {
        Kernel32.FileNotFound => ConsolePipeFailure.NotFound,
        5 or 1326 => ConsolePipeFailure.AccessDenied, // ERROR_ACCESS_DENIED, ERROR_LOGON_FAILURE
        231 => ConsolePipeFailure.InUse, // ERROR_PIPE_BUSY
        109 or 233 => ConsolePipeFailure.Ended, // ERROR_BROKEN_PIPE, ERROR_PIPE_NOT_CONNECTED
        3 or 123 or 161 => ConsolePipeFailure.BadPath, // ERROR_PATH_NOT_FOUND, ERROR_INVALID_NAME, ERROR_BAD_PATHNAME
        51 or 53 or 64 or 67 => ConsolePipeFailure.HostUnreachable, // ERROR_REM_NOT_LIST, ERROR_BAD_NETPATH, ERROR_NETNAME_DELETED, ERROR_BAD_NET_NAME
        _ => ConsolePipeFailure.Other,
    };
}
