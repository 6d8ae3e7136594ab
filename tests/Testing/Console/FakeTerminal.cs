using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.IO;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Terminal;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>A terminal without a screen: what is shown is kept, what is typed comes from the test.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly BlockingCollection<byte[]> _typed = [];
    private readonly MemoryStream _shown = new();
    private volatile bool _frozen;
    private volatile bool _broken;
    private volatile bool _overlapped;
    private int _writers;

    /// <summary>How long a write takes.</summary>
    public TimeSpan WriteTime { get; set; }

    /// <summary>Whether a write began before another had ended.</summary>
    public bool WasWrittenByTwoAtOnce => _overlapped;

    public string Shown
    {
        get
        {
            lock (_shown)
            {
                return Encoding.UTF8.GetString(_shown.ToArray());
            }
        }
    }

    public void Type(string keys) => Type(Encoding.UTF8.GetBytes(keys));

    public void Type(byte[] keys) => _typed.Add(keys);

    public void HangUp() => _typed.Add([]);

    public bool ShowsSoon(string text) => SpinWait.SpinUntil(() => Shown.Contains(text, StringComparison.Ordinal), TimeSpan.FromSeconds(20));

    public int Read(byte[] buffer, CancellationToken cancellationToken)
    {
        var keys = _typed.Take(cancellationToken);
        keys.CopyTo(buffer, 0);
        return keys.Length;
    }

    /// <summary>Makes it take no output any more.</summary>
    public void Freeze() => _frozen = true;

    /// <summary>Makes it refuse all output.</summary>
    public void Break() => _broken = true;

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_broken)
        {
            throw new Win32Exception(6);
        }

        if (_frozen)
        {
            cancellationToken.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellationToken);
        }

        _overlapped |= Interlocked.Increment(ref _writers) > 1;
        Thread.Sleep(WriteTime);
        lock (_shown)
        {
            _shown.Write(buffer, offset, count);
        }

        Interlocked.Decrement(ref _writers);
    }

    public void Dispose() => _typed.Dispose();
}
