using System;
using System.Linq;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Native.Unix;

namespace LinuxKitHyperV.Terminal;

/// <summary>
/// A terminal by termios. Its bytes are read and written past .NET's Console, which would decode them, and which
/// sets the terminal up for keys of its own.
/// </summary>
internal sealed class UnixTerminal : ITerminal
{
    // .NET puts its own settings back when a process that was stopped goes on.
    private const int CheckMilliseconds = 1000;

    private readonly int _input;
    private readonly UnixTerminalOutput _output;
    private readonly object _gate = new();
    private readonly byte[] _before = new byte[LibC.TermiosSize];
    private readonly byte[] _raw = new byte[LibC.TermiosSize];
    private readonly int[] _wake = new int[2];
    private bool _restored;

    /// <summary>Puts a terminal in raw mode.</summary>
    public UnixTerminal(int input = LibC.StandardInput, int output = LibC.StandardOutput)
    {
        _input = input;
        LibC.Check(LibC.GetAttributes(_input, _before));
        LibC.Check(LibC.Pipe(_wake));
        _output = new UnixTerminalOutput(output);
        ProcessEnd.Ending += OnProcessEnding;

        _before.CopyTo(_raw, 0);
        LibC.MakeRaw(_raw);
        LibC.Check(LibC.SetAttributes(_input, LibC.Now, _raw));
        LibC.Check(LibC.GetAttributes(_input, _raw));
    }

    /// <summary>Whether both the input and the output of this process are a terminal.</summary>
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
                LibC.Check(ready);
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
    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _output.Write(buffer, offset, count, cancellationToken);

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
        _output.Dispose();
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
