using System;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Threading;

namespace Sandbox.Hosting;

/// <summary>
/// The program's three streams. It reads only when it is asked to: whatever runs in a pipeline has the terminal for itself.
/// </summary>
internal sealed class Terminal
{
    private const int RedirectedWidth = 120;
    private const int RedirectedHeight = 50;
    private const string EraseLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private readonly LineReader _reader = new();
    private readonly bool _outputIsTerminal = !Console.IsOutputRedirected;
    private readonly bool _errorIsTerminal = !Console.IsErrorRedirected;
    private readonly bool _understandsEscapes = Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb") || OperatingSystem.IsWindows();
    private readonly bool _mayColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public bool InputIsTerminal { get; } = !Console.IsInputRedirected;

    /// <summary>Whether there is a stream that shows colors; from the others they are removed.</summary>
    public bool ShowsColors => ColorsOutput || ColorsError;

    /// <summary>Whether the last shown status is still there: no output came after it.</summary>
    public bool ShowsStatus { get; private set; }

    /// <summary>Columns of the terminal, or of what a redirected output is formatted for.</summary>
    public int Width => _outputIsTerminal && Console.WindowWidth is > 0 and var width ? width : RedirectedWidth;

    public int Height => _outputIsTerminal && Console.WindowHeight is > 0 and var height ? height : RedirectedHeight;

    private bool ColorsOutput => _outputIsTerminal && _understandsEscapes && _mayColor;

    private bool ColorsError => _errorIsTerminal && _understandsEscapes && _mayColor;

    private bool MayShowStatus => _errorIsTerminal && _understandsEscapes;

    public void Write(string text)
    {
        lock (_lock)
        {
            ClearStatus();
            Console.Out.Write(ColorsOutput ? text : Plain(text));
        }
    }

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    public void WriteErrorLine(string text)
    {
        lock (_lock)
        {
            ClearStatus();
            Console.Error.WriteLine(ColorsError ? text : Plain(text));
        }
    }

    /// <summary>Shows one line that the next output replaces; on a terminal only. It goes to standard error, as no result.</summary>
    public void ShowStatus(string text)
    {
        if (!MayShowStatus)
        {
            return;
        }

        lock (_lock)
        {
            // A line as wide as the terminal would wrap, and could not be erased as one.
            int width = Width - 1;
            Console.Error.Write(EraseLine + (text.Length > width ? text[..width] : text));
            ShowsStatus = true;
        }
    }

    public void ClearStatus()
    {
        lock (_lock)
        {
            if (ShowsStatus)
            {
                Console.Error.Write(EraseLine);
                ShowsStatus = false;
            }
        }
    }

    /// <returns>A line without its end; null at the end of the input.</returns>
    /// <exception cref="OperationCanceledException">The stop was asked for before the line was there.</exception>
    public string? ReadLine(CancellationToken stop)
    {
        ClearStatus();
        return _reader.ReadLine(stop);
    }

    /// <summary>Reads a key, which is not shown.</summary>
    /// <exception cref="OperationCanceledException">The stop was asked for before the key was pressed.</exception>
    public ConsoleKeyInfo ReadKey(CancellationToken stop)
    {
        ClearStatus();
        while (!Console.KeyAvailable)
        {
            // Console.ReadKey cannot be stopped once it waits.
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
            stop.ThrowIfCancellationRequested();
        }

        return Console.ReadKey(intercept: true);
    }

    private static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);
}
