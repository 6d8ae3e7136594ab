using System;
using System.Diagnostics;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A terminal with a shell in it, as a person has it on a screen.</summary>
internal sealed class TerminalWindow : IDisposable
{
    /// <summary>What its shell shows when it waits for a command.</summary>
    public const string Prompt = "shell> ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _script;
    private readonly Thread _reader;
    private readonly StringBuilder _shown = new();
    private int _seen;

    /// <summary>Opens one of 24 rows and 80 columns.</summary>
    /// <param name="folder">Where the shell begins.</param>
    public TerminalWindow(string folder)
    {
        // script(1) makes the terminal.
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", "stty rows 24 cols 80; exec env --default-signal=INT,TERM,HUP sh", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
            Environment = { ["TERM"] = "xterm", ["ENV"] = string.Empty },
        };
        PowerShellProgram.Prepare(start.Environment);
        _script = Process.Start(start)!;
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();

        // Some shells have a prompt of their own for root. It is typed in two parts, or its echo would be taken for it.
        Type("PS1='shell''> '\n");
        WaitFor(Prompt);
    }

    private string Shown
    {
        get
        {
            lock (_shown)
            {
                return _shown.ToString();
            }
        }
    }

    /// <summary>Types.</summary>
    public void Type(string keys)
    {
        _script.StandardInput.Write(keys);
        _script.StandardInput.Flush();
    }

    /// <summary>Waits until something is shown, below what was waited for before.</summary>
    /// <returns>What stands between the two.</returns>
    public string WaitFor(string text)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var unseen = Shown[_seen..];
            var index = unseen.IndexOf(text, StringComparison.Ordinal);
            if (index >= 0)
            {
                _seen += index + text.Length;
                return unseen[..index];
            }

            Assert.True(waiting.Elapsed < Patience, $"No '{text}' in: {unseen}");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        _script.Kill(entireProcessTree: true);
        _script.WaitForExit();
        _script.Dispose();
    }

    private void Read()
    {
        var characters = new char[4096];
        for (var count = 1; count > 0;)
        {
            count = _script.StandardOutput.Read(characters);
            lock (_shown)
            {
                _shown.Append(characters, 0, count);
            }
        }
    }
}
