using System;

namespace LinuxKitHyperV.Console.Text;

/// <summary>
/// Takes out of a console's bytes what would control the terminal of whoever shows them: all control characters but tabs and line
/// ends, and the sequences that ESC begins. The text stays as it came, also where a guest wrote over it.
/// </summary>
internal sealed class ConsoleLogFilter : ControlSequenceReader
{
    private static readonly byte[] LineEnd = [(byte)'\n'];
    private static readonly byte[] Tab = [(byte)'\t'];

    private byte[] _clean = [];
    private int _length;
    private bool _returned;

    /// <summary>Filters what came; a character or a sequence may go on in the next piece.</summary>
    /// <returns>What is left; valid until the next call.</returns>
    public ArraySegment<byte> Filter(byte[] buffer, int offset, int count)
    {
        _length = 0;
        Read(buffer, offset, count);
        return new ArraySegment<byte>(_clean, 0, _length);
    }

    /// <inheritdoc/>
    protected override void Text(byte[] bytes, int offset, int count)
    {
        if (_returned)
        {
            // Alone it would let what follows be written over the line.
            _returned = false;
            Put(LineEnd, 0, 1);
        }

        Put(bytes, offset, count);
    }

    /// <inheritdoc/>
    protected override void Control(char character)
    {
        switch (character)
        {
            case '\r':
                _returned = true;
                break;
            case '\n':
                _returned = false;
                Put(LineEnd, 0, 1);
                break;
            case '\t':
                Text(Tab, 0, 1);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Sequence(byte[] bytes, int count)
    {
        // It is no text.
    }

    private void Put(byte[] bytes, int offset, int count)
    {
        if (_clean.Length - _length < count)
        {
            Array.Resize(ref _clean, Math.Max(_length + count, 2 * _clean.Length));
        }

        Buffer.BlockCopy(bytes, offset, _clean, _length, count);
        _length += count;
    }
}
