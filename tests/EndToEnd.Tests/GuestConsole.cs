using System;
using System.Management.Automation;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A guest's shell, over the console that its start captured.</summary>
internal sealed class GuestConsole
{
    private readonly ConsoleCapture _capture;
    private readonly ConsoleReader _reader;
    private readonly StringBuilder _unread = new();

    /// <summary>The console of a VM that was started in this process.</summary>
    public GuestConsole(PSObject machine)
    {
        _capture = ConsoleCaptures.Find(".", machine.Id())!;
        Assert.NotNull(_capture);
        _reader = _capture.ReadFromStart();
    }

    /// <summary>Waits until the guest has said something, and gives all up to its end.</summary>
    public string WaitFor(string text, int seconds = 60)
    {
        var bytes = new byte[64 * 1024];
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        while (true)
        {
            var all = _unread.ToString();
            var found = all.IndexOf(text, StringComparison.Ordinal);
            if (found >= 0)
            {
                _unread.Remove(0, found + text.Length);
                return all[..(found + text.Length)];
            }

            Assert.True(DateTime.UtcNow < deadline, $"The guest did not say '{text}' in {seconds} s. It said:\n{all}");
            _reader.Wait(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            var block = _reader.Read(bytes);
            _unread.Append(Encoding.UTF8.GetString(bytes, 0, block.Count));
        }
    }

    /// <summary>Runs a command in the guest's shell and gives what it printed.</summary>
    public string Run(string command)
    {
        // Put together by the shell, so that the echo of the command is not taken for its end.
        var end = Guid.NewGuid().ToString("N");
        Type($"{command}; echo \"{end[..16]}\"\"{end[16..]}\"");
        WaitFor("\n");
        return WaitFor(end)[..^end.Length].Replace("\r", string.Empty, StringComparison.Ordinal);
    }

    /// <summary>Types a line.</summary>
    public void Type(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        _capture.Send(bytes, 0, bytes.Length, CancellationToken.None);
    }
}
