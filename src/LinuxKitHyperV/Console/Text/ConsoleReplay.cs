using System;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Console.Text;

/// <summary>
/// Takes out of what a guest said before the sequences that a terminal answers: the answer would be typed to a guest that no longer
/// waits for it. Only what is known to draw, and the modes that a session puts back, are kept.
/// </summary>
internal sealed class ConsoleReplay : ControlSequenceReader
{
    private const char Enquiry = '\x05';

    private const string Mode = "(?:1|7|25|47|1000|1002|1003|1006|1047|1048|1049|2004)";

    // Cursor moves, erasures, colors and such; modes; the two-character functions but DECID; character sets.
    private static readonly Regex Unanswered = new(
        $@"^\x1b(?:\[[0-9;:]*[@A-MPSTXZ`abdefghlmrsu]|\[\?{Mode}(?:;{Mode})*[hl]|[0-Y\\-~]|[ -/]+[0-~])\z",
        RegexOptions.CultureInvariant);

    private readonly GrowingBytes _kept = new();

    /// <summary>Filters what came; a sequence may go on in the next piece.</summary>
    /// <returns>What is left; valid until the next call.</returns>
    public ArraySegment<byte> Filter(byte[] buffer, int offset, int count)
    {
        _kept.Clear();
        Read(buffer, offset, count);
        return _kept.Segment;
    }

    /// <summary>The sequence that has not ended: its rest is not replayed, and the guest waits for an answer to it.</summary>
    /// <returns>The sequence so far; valid until the next call.</returns>
    public ArraySegment<byte> Finish() => TakeUnfinished();

    /// <inheritdoc/>
    protected override void Text(byte[] bytes, int offset, int count) => _kept.Add(bytes, offset, count);

    /// <inheritdoc/>
    protected override void Control(char character)
    {
        if (character is not (Enquiry or > '\x7f'))
        {
            _kept.Add((byte)character);
        }
    }

    /// <inheritdoc/>
    protected override void Sequence(byte[] bytes, int count)
    {
        if (Unanswered.IsMatch(Ascii(bytes, count)))
        {
            _kept.Add(bytes, 0, count);
        }
    }
}
