using System;
using System.Text;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>Types text into a console, not faster than a guest takes it.</summary>
/// <param name="capture">The console.</param>
internal sealed class ConsoleTyping(ConsoleCapture capture)
{
    // A Linux terminal holds 4096 bytes that nobody has read yet, and drops what comes on top; a shell that is
    // scheduled reads them well within the pause.
    private const int PieceBytes = 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Types text.</summary>
    /// <exception cref="ConsolePipeException">The pipe is not open.</exception>
    /// <exception cref="OperationCanceledException">It was canceled; part of the text may have been typed.</exception>
    public void Type(string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Replace("\r\n", "\r").Replace('\n', '\r'));
        for (var offset = 0; offset < bytes.Length; offset += PieceBytes)
        {
            if (offset > 0)
            {
                cancellationToken.WaitHandle.WaitOne(Pause);
            }

            capture.Send(bytes, offset, Math.Min(PieceBytes, bytes.Length - offset), cancellationToken);
        }
    }

    /// <summary>Presses a key.</summary>
    /// <exception cref="ConsolePipeException">The pipe is not open.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public void Press(LinuxKitConsoleKey key, CancellationToken cancellationToken)
    {
        var bytes = Encoding.ASCII.GetBytes(KeySequence.Of(key));
        capture.Send(bytes, 0, bytes.Length, cancellationToken);
    }
}
