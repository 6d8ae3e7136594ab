using System;
using System.Threading;

namespace LinuxKitHyperV.Terminal;

/// <summary>The terminal of this process in raw mode: every key is a byte to read, every byte is shown as it is.</summary>
internal interface ITerminal : IDisposable
{
    /// <summary>Waits for what is typed.</summary>
    /// <returns>How many bytes were typed; 0 when the terminal is gone.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    int Read(byte[] buffer, CancellationToken cancellationToken);

    /// <summary>Shows bytes. A terminal that takes none just now, such as a window of which text is selected, is waited for.</summary>
    /// <exception cref="OperationCanceledException">The wait was canceled; part of the bytes may have been shown.</exception>
    void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken);
}

/// <summary>How much a terminal shows.</summary>
/// <param name="Rows">Its lines.</param>
/// <param name="Columns">The characters in a line.</param>
internal readonly record struct TerminalSize(int Rows, int Columns);
