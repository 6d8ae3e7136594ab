using System;
using System.Diagnostics;
using System.IO;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>A program in a terminal of its own, which script(1) makes.</summary>
internal sealed class TerminalProgram : IDisposable
{
    private readonly Process _script;

    /// <summary>Starts it.</summary>
    /// <param name="command">A line for a shell.</param>
    public TerminalProgram(string command) => _script = Process.Start(new ProcessStartInfo("script", ["-q", "-c", command, "/dev/null"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Types.</summary>
    public void Type(string keys)
    {
        foreach (var key in keys)
        {
            _script.StandardInput.BaseStream.WriteByte((byte)key);
        }

        _script.StandardInput.BaseStream.Flush();
    }

    /// <summary>Waits until it shows something, and reads to the end of that.</summary>
    public void WaitFor(string text)
    {
        for (var matched = 0; matched < text.Length;)
        {
            var shown = _script.StandardOutput.BaseStream.ReadByte();
            if (shown < 0)
            {
                throw new EndOfStreamException($"It ended without '{text}'.");
            }

            matched = shown == text[matched] ? matched + 1 : shown == text[0] ? 1 : 0;
        }
    }

    public void Dispose()
    {
        _script.Kill(entireProcessTree: true);
        _script.Dispose();
    }
}
