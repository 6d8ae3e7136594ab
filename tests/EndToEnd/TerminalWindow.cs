using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A terminal with a shell in it, as a person has it on a screen.</summary>
internal sealed class TerminalWindow : IDisposable
{
    /// <summary>What its shell shows when it waits for a command.</summary>
    public const string Prompt = "shell> ";

    private const int Rows = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _script;
    private readonly Thread _reader;
    private readonly Lock _gate = new();
    private readonly StringBuilder _shown = new();
    private readonly Screen _screen;
    private int _seen;

    /// <summary>Opens one of 24 rows.</summary>
    /// <param name="folder">Where the shell begins.</param>
    /// <param name="columns">How wide it is.</param>
    public TerminalWindow(string folder, int columns = 80)
    {
        // script(1) makes the terminal.
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", $"stty rows {Rows} cols {columns}; exec env --default-signal=INT,TERM,HUP sh", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
            Environment = { ["TERM"] = "xterm", ["ENV"] = string.Empty },
        };
        PowerShellProgram.Prepare(start.Environment);
        _script = Process.Start(start)!;

        // Somebody else answers: who types may be waiting until what was shown is read.
        _screen = new Screen(Rows, columns, said => Task.Run(() => Type(said)));
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();

        // Some shells have a prompt of their own for root. It is typed in two parts, or its echo would be taken for it.
        Type("PS1='shell''> '\n");
        WaitFor(Prompt);
    }

    /// <summary>Types.</summary>
    public void Type(string keys)
    {
        lock (_script)
        {
            _script.StandardInput.Write(keys);
            _script.StandardInput.Flush();
        }
    }

    /// <summary>Waits until something comes, after what was waited for before.</summary>
    /// <returns>What came between the two.</returns>
    public string WaitFor(string text)
    {
        var between = string.Empty;
        WaitUntil(_ => Take(text, ref between), text);
        return between;
    }

    /// <summary>Waits until the screen shows something.</summary>
    /// <param name="shows">Whether it does.</param>
    /// <param name="what">What that is, in words.</param>
    public void WaitUntil(Func<Screen, bool> shows, string what)
    {
        var waiting = Stopwatch.StartNew();
        while (!See(shows))
        {
            Assert.True(waiting.Elapsed < Patience, See(screen => $"No {what} on the screen:\n{string.Join('\n', screen.Lines.TakeLast(2 * Rows))}\n{screen.BeforeCursor}|"));
            Thread.Sleep(20);
        }
    }

    /// <summary>Looks at the screen.</summary>
    public T See<T>(Func<Screen, T> look)
    {
        lock (_gate)
        {
            return look(_screen);
        }
    }

    public void Dispose()
    {
        _script.Kill(entireProcessTree: true);
        _script.WaitForExit();
        _script.Dispose();
    }

    private bool Take(string text, ref string between)
    {
        var unseen = _shown.ToString(_seen, _shown.Length - _seen);
        var index = unseen.IndexOf(text, StringComparison.Ordinal);
        if (index >= 0)
        {
            _seen += index + text.Length;
            between = unseen[..index];
        }

        return index >= 0;
    }

    private void Read()
    {
        var characters = new char[4096];
        for (var count = 1; count > 0;)
        {
            count = _script.StandardOutput.Read(characters);
            lock (_gate)
            {
                _shown.Append(characters, 0, count);
                foreach (var character in characters.AsSpan(0, count))
                {
                    _screen.Write(character);
                }
            }
        }
    }
}
