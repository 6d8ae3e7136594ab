using System;
using System.ComponentModel;
using System.Linq;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>
/// A terminal by termios. Its bytes are read and written past .NET's Console, which would decode them, and which
/// sets the terminal up for keys of its own.
/// </summary>
internal sealed class UnixTerminal : ITerminal
{
    private const int Forever = -1;

    // .NET puts its own settings back when a process that was stopped goes on.
    private const int CheckMilliseconds = 1000;

    private readonly int _input;
    private readonly int _output;
    private readonly object _gate = new();
    private readonly byte[] _before = new byte[LibC.TermiosSize];
    private readonly byte[] _raw = new byte[LibC.TermiosSize];
    private readonly int[] _wake = new int[2];
    private bool _restored;

    /// <summary>Puts a terminal in raw mode.</summary>
    public UnixTerminal(int input = LibC.StandardInput, int output = LibC.StandardOutput)
    {
        _input = input;
        _output = output;
        Check(LibC.GetAttributes(_input, _before));
        Check(LibC.Pipe(_wake));
        ProcessEnd.Ending += OnProcessEnding;

        _before.CopyTo(_raw, 0);
        LibC.MakeRaw(_raw);
        Check(LibC.SetAttributes(_input, LibC.Now, _raw));
        Check(LibC.GetAttributes(_input, _raw));
    }

    /// <summary>Gets whether both the input and the output of this process are a terminal.</summary>
    public static bool IsAvailable =>
        LibC.IsTerminal(LibC.StandardInput) == 1 && LibC.IsTerminal(LibC.StandardOutput) == 1;

    /// <inheritdoc/>
    public int Read(byte[] buffer, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(Wake);
        var polled = new LibC.PollDescriptor[]
        {
            new() { Descriptor = _input, Events = LibC.PollIn },
            new() { Descriptor = _wake[0], Events = LibC.PollIn },
        };
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ready = LibC.Poll(polled, (UIntPtr)polled.Length, CheckMilliseconds);
            if (ready <= 0)
            {
                Check(ready);
                StayRaw();
            }
            else if (polled[1].Returned != 0)
            {
                LibC.Read(_wake[0], new byte[1], (UIntPtr)1);
            }
            else
            {
                var count = (int)LibC.Read(_input, buffer, (UIntPtr)buffer.Length);
                if (count >= 0 || !LibC.IsTransientError)
                {
                    // An error is EIO: the terminal has hung up.
                    return Math.Max(count, 0);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        var polled = new LibC.PollDescriptor[] { new() { Descriptor = _output, Events = LibC.PollOut } };
        while (count > 0)
        {
            var written = (int)LibC.Write(_output, ref buffer[offset], (UIntPtr)count);
            if (written >= 0)
            {
                offset += written;
                count -= written;
                continue;
            }

            Check(written);
            Check(LibC.Poll(polled, (UIntPtr)polled.Length, Forever));
        }
    }

    /// <summary>Puts back the settings that were found.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_restored)
            {
                return;
            }

            Restore();
        }

        ProcessEnd.Ending -= OnProcessEnding;
        LibC.Close(_wake[0]);
        LibC.Close(_wake[1]);
    }

    private static void Check(int result)
    {
        if (result < 0 && !LibC.IsTransientError)
        {
            throw new Win32Exception();
        }
    }

    private void OnProcessEnding()
    {
        lock (_gate)
        {
            Restore();
        }
    }

    private void Restore()
    {
        _restored = true;
        LibC.SetAttributes(_input, LibC.Now, _before);
    }

    private void StayRaw()
    {
        var now = new byte[LibC.TermiosSize];
        lock (_gate)
        {
            if (!_restored && LibC.GetAttributes(_input, now) == 0 && !now.SequenceEqual(_raw))
            {
                LibC.SetAttributes(_input, LibC.Now, _raw);
            }
        }
    }

    private void Wake()
    {
        byte wake = 1;
        LibC.Write(_wake[1], ref wake, (UIntPtr)1);
    }
}
