using System;
using System.IO;
using System.Threading;
using LinuxKitHyperV.Native.Unix;

namespace LinuxKitHyperV.Terminal;

/// <summary>The output of a terminal, whose waits can be canceled: its window may be frozen, or at the end of a connection that hangs.</summary>
internal sealed class UnixTerminalOutput : IDisposable
{
    private const int LookMilliseconds = 100;
    private const string OrdinaryColors = "\x1b[0m";

    private readonly int _inherited;
    private readonly int _own;

    /// <summary>Takes an output, which is a terminal.</summary>
    public UnixTerminalOutput(int output)
    {
        _inherited = output;

        // Whether writes wait is common to all processes that have inherited the descriptor: so the terminal is opened anew. It may
        // be another user's, as after su: then its writes wait as long as they like.
        var name = new byte[LibC.NameSize];
        _own = LibC.GetTerminalName(output, name, (UIntPtr)name.Length) == 0 ? LibC.Open(name, LibC.WriteWithoutWaiting, mode: 0) : -1;
    }

    /// <inheritdoc cref="ITerminal.Write"/>
    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var descriptor = _own < 0 ? _inherited : _own;
        while (count > 0)
        {
            var written = (int)LibC.Write(descriptor, ref buffer[offset], (UIntPtr)count);
            if (written >= 0)
            {
                offset += written;
                count -= written;
                continue;
            }

            LibC.Check(written);
            cancellationToken.ThrowIfCancellationRequested();
            LibC.WaitToWrite(descriptor, LookMilliseconds);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_own >= 0)
        {
            LibC.Close(_own);
        }

        if (_inherited == LibC.StandardOutput && IsReady())
        {
            LetConsoleFindCursor();
        }
    }

    // .NET's Console keeps where it left the cursor, and a prompt would draw there what is typed next. Any control sequence
    // that goes through it makes it ask the terminal anew.
    private static void LetConsoleFindCursor()
    {
        try
        {
            System.Console.Out.Write(OrdinaryColors);
            System.Console.Out.Flush();
        }
        catch (IOException)
        {
            // The terminal has hung up: nothing is drawn there any more.
        }
    }

    // .NET's writes wait for a window that is frozen.
    private bool IsReady() => LibC.WaitToWrite(_inherited, 0) == LibC.PollOut;
}
