using System;

namespace LinuxKitHyperV.Console.Shell;

/// <summary>
/// Drops the kernel's messages from what a shell writes. The kernel writes to the console whenever it likes, in the
/// midst of a line too; its messages begin with the time in brackets and end with the line.
/// </summary>
/// <param name="output">Takes what is left.</param>
internal sealed class KernelMessageFilter(Action<byte> output)
{
    private const int LongestTime = 24;

    private readonly byte[] _held = new byte[LongestTime];
    private int _heldCount;
    private State _state;

    private enum State
    {
        Text,
        Blanks,
        Seconds,
        Fraction,
        Message,
    }

    /// <summary>Takes bytes of the console.</summary>
    public void Write(byte[] bytes, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Write(bytes[i]);
        }
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private void Write(byte b)
    {
        if (_state == State.Message)
        {
            _state = b == '\n' ? State.Text : State.Message;
        }
        else if (b == '[')
        {
            Release();
            Hold(b, State.Blanks);
        }
        else if (_state == State.Text)
        {
            output(b);
        }
        else
        {
            WriteHeld(b);
        }
    }

    private void WriteHeld(byte b)
    {
        var next = _state switch
        {
            State.Blanks when b == ' ' => State.Blanks,
            State.Blanks or State.Seconds when IsDigit(b) => State.Seconds,
            State.Seconds when b == '.' => State.Fraction,
            State.Fraction when IsDigit(b) => State.Fraction,
            State.Fraction when b == ']' => State.Message,
            _ => State.Text,
        };
        if (next == State.Message)
        {
            _heldCount = 0;
            _state = next;
        }
        else if (next == State.Text || _heldCount == LongestTime)
        {
            Release();
            output(b);
        }
        else
        {
            Hold(b, next);
        }
    }

    private void Hold(byte b, State state)
    {
        _held[_heldCount++] = b;
        _state = state;
    }

    private void Release()
    {
        for (var i = 0; i < _heldCount; i++)
        {
            output(_held[i]);
        }

        _heldCount = 0;
        _state = State.Text;
    }
}
