using System;
using System.Collections.Concurrent;
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

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_frozen)
        {
            cancellationToken.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellationToken);
        }

        lock (_shown)
        {
            _shown.Write(buffer, offset, count);
        }
    }

    public void Dispose() => _typed.Dispose();
}
