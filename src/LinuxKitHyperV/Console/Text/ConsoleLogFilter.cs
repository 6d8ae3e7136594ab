using System;

namespace LinuxKitHyperV.Console.Text;

/// <summary>
/// Takes out of a console's bytes what would control the terminal of whoever shows them: all control characters but tabs and line
/// ends, and the sequences that ESC begins. The text stays as it came, also where a guest wrote over it.
/// </summary>
internal sealed class ConsoleLogFilter : ControlSequenceReader
{
    private const byte LineEnd = (byte)'\n';

    private readonly GrowingBytes _clean = new();
    private bool _returned;

    /// <summary>Filters what came; a character or a sequence may go on in the next piece.</summary>
    /// <returns>What is left; valid until the next call.</returns>
    public ArraySegment<byte> Filter(byte[] buffer, int offset, int count)
    {
        _clean.Clear();
        Read(buffer, offset, count);
        return _clean.Segment;
    }

    /// <inheritdoc/>
    protected override void Text(byte[] bytes, int offset, int count)
    {
        EndReturned();
        _clean.Add(bytes, offset, count);
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
                _clean.Add(LineEnd);
                break;
            case '\t':
                EndReturned();
                _clean.Add((byte)character);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Sequence(byte[] bytes, int count)
    {
        // It is no text.
    }

    private void EndReturned()
    {
        if (_returned)
        {
            // Alone it would let what follows be written over the line.
            _returned = false;
            _clean.Add(LineEnd);
        }
    }
}
