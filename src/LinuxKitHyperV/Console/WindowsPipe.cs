using System;
using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Opens a pipe by CreateFile: NamedPipeClientStream.Connect reports a missing pipe and a busy one alike, as a time-out.
/// </summary>
internal static class WindowsPipe
{
    private const uint GenericReadWrite = 0xC0000000;
    private const uint OpenExisting = 3;
    private const uint Overlapped = 0x40000000;

    // 0 would be the server's own default.
    private const uint ShortestWait = 1;

    private const int FileNotFound = 2;

    // The server of the pipe may learn who connects, and must not act as them.
    private const uint IdentificationOnly = 0x00100000 | 0x00010000;

    /// <inheritdoc cref="ConsolePipe.Exists"/>
    /// <remarks>Asked by WaitNamedPipe, which takes no instance of the pipe: opening it would be a client's one connection.</remarks>
    public static bool Exists(ConsolePipePath path) =>
        WaitNamedPipe(path.Text, ShortestWait) || Marshal.GetLastWin32Error() != FileNotFound;

    /// <inheritdoc cref="ConsolePipe.TryOpen"/>
    public static PipeStream? TryOpen(ConsolePipePath path, out ConsolePipeException? failure)
    {
        var handle = CreateFile(
            path.Text, GenericReadWrite, 0, IntPtr.Zero, OpenExisting, Overlapped | IdentificationOnly, IntPtr.Zero);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastWin32Error();
            handle.Dispose();
            failure = new ConsolePipeException(ReasonOf(error), path.Text, new Win32Exception(error));
            return null;
        }

        failure = null;
        return new NamedPipeClientStream(PipeDirection.InOut, isAsync: true, isConnected: true, handle);
    }

    private static ConsolePipeFailure ReasonOf(int error) => error switch
    {
        2 => ConsolePipeFailure.NotFound, // ERROR_FILE_NOT_FOUND
        5 or 1326 => ConsolePipeFailure.AccessDenied, // ERROR_ACCESS_DENIED, ERROR_LOGON_FAILURE
        231 => ConsolePipeFailure.InUse, // ERROR_PIPE_BUSY
        109 or 233 => ConsolePipeFailure.Ended, // ERROR_BROKEN_PIPE, ERROR_PIPE_NOT_CONNECTED
        3 or 123 or 161 => ConsolePipeFailure.BadPath, // ERROR_PATH_NOT_FOUND, ERROR_INVALID_NAME, ERROR_BAD_PATHNAME
        51 or 53 or 64 or 67 => ConsolePipeFailure.HostUnreachable, // ERROR_REM_NOT_LIST, ERROR_BAD_NETPATH, ERROR_NETNAME_DELETED, ERROR_BAD_NET_NAME
        _ => ConsolePipeFailure.Other,
    };

    [DllImport("kernel32.dll", EntryPoint = "WaitNamedPipeW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    private static extern bool WaitNamedPipe(string name, uint timeout);

    [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    private static extern SafePipeHandle CreateFile(
        string fileName, uint access, uint share, IntPtr securityAttributes, uint disposition, uint flags, IntPtr template);
}
