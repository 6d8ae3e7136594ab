using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Console.Text;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ControlSequenceReaderTests
{
    private const string Begin = "one";
    private const string End = "two";

    // What begins a sequence or a string, in 7 bits.
    private static readonly string[] Openers = ["\x1b", "\x1b[", "\x1b[3", "\x1b[?25", "\x1b(", "\x1b #", "\x1b]", "\x1b]0;t", "\x1bP1$q", "\x1bXsos", "\x1b^pm", "\x1b_apc", "\x1b\x01]", "\x1b[\x01"];

    // ECMA-48's control characters, in 7 bits, in 8 bits and as UTF-8, and what else could end something.
    private static readonly string[] Bytes =
    [
        .. Enumerable.Range(0, 0x100).Select(value => ((char)value).ToString()),
        .. Enumerable.Range(0x40, 0x20).Select(value => "\x1b" + (char)value),
        .. Enumerable.Range(0x80, 0x20).Select(value => "\u00c2" + (char)value),
        "\x1b\\", "\u00c2\u00a0", "\u00c3\u00a9", "\u00e4\u00b8\u009c", "\u00e4\u009c", "\u00e4\u00b8", "\u00f0\u009f\u0098\u0080", "\u00f0\u0080", "\u00ed\u00a0\u0080", "\u00c0\u009b", "\r\n",
    ];

    /// <summary>Each character and each sequence, on its own and within whatever was begun.</summary>
    public static TheoryData<string> Corpus => [.. Openers.Prepend(string.Empty)];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void TellsWhatTheGrammarTells(string opener)
    {
        foreach (var said in Bytes.Select(bytes => $"{Begin}{opener}{bytes}{End}"))
        {
            AssertReads(said, said.Length);
            AssertReads(said, 1);
        }
    }

    [Fact]
    public void NeverLosesATextThatFollows()
    {
        foreach (var said in Openers.Prepend(string.Empty).SelectMany(opener => Bytes.Select(bytes => $"{opener}{bytes}\nKernel panic\n")))
        {
            Assert.EndsWith("\nKernel panic\n", Log(said), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\u009b31mred", "\u00ef\u00bf\u00bd31mred")]
    [InlineData("\u00c2\u009b31mred", "31mred")]
    [InlineData("\x1b]0;t\atext", "text")]
    [InlineData("\x1b]0;t\x1b\\text", "text")]
    [InlineData("\x1b]0;t\u009ctext", "text")]
    [InlineData("\x1b]0;t\u00c2\u009ctext", "text")]
    [InlineData("\x1b]0;t\x18text", "text")]
    [InlineData("\x1b]0;t\x1atext", "text")]
    [InlineData("\x1bP1$q\u00e4\u00b8\u009ctext\x1b\\more", "more")]
    [InlineData("\x1bXtext\x1b\\more", "more")]
    [InlineData("\x1b^text\x1b\\more", "more")]
    [InlineData("\x1b_text\x1b\\more", "more")]
    [InlineData("caf\u00e9 au lait", "caf\u00ef\u00bf\u00bd au lait")]
    public void LeavesInTheLogWhatATerminalShows(string said, string logged) => Assert.Equal(logged, Log(said));

    [Fact]
    public void TellsWhatTheGrammarTellsOfRandomBytes()
    {
        const int Rounds = 1000;
        const int Length = 10_000;
        var random = new Random(48);
        for (var round = 0; round < Rounds; round++)
        {
            var said = Random(random, Length);
            AssertReads(said, random.Next(1, Length));
            AssertHarmless(Log(said));
        }
    }

    private static string Random(Random random, int length)
    {
        const string Likely = "\x1b\x1b\x1b[[]]PX^_\\;?0123456789hlmKJHc\a\b\r\n\t\x18\x1a\x7f\u00c2\u009b\u009c\u0080\u00e4\u00b8\u00f0\u009f text";
        var said = new char[length];
        for (var i = 0; i < length; i++)
        {
            said[i] = random.Next(3) == 0 ? (char)random.Next(0x100) : Likely[random.Next(Likely.Length)];
        }

        return new string(said);
    }

    private static void AssertReads(string said, int step)
    {
        var recorder = new Recorder();
        var bytes = Encoding.Latin1.GetBytes(said);
        for (var at = 0; at < bytes.Length; at += step)
        {
            recorder.Read(bytes, at, Math.Min(step, bytes.Length - at));
        }

        // A character that has begun and not ended is not told yet; the grammar, which has all there is, takes it for none.
        var unfinished = recorder.Unfinished();
        var told = unfinished is [>= 0x80, ..] ? said[..^unfinished.Length] : said;
        Assert.Equal(TerminalGrammar.Read(told), recorder.Events);
    }

    private static string Log(string said)
    {
        var clean = new ConsoleLogFilter().Filter(Encoding.Latin1.GetBytes(said), 0, said.Length);
        return Encoding.Latin1.GetString(clean.Array!, clean.Offset, clean.Count);
    }

    private static void AssertHarmless(string logged)
    {
        Assert.DoesNotContain(logged, value => value is < ' ' and not ('\n' or '\t') or '\x7f');
        var characters = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(logged));
        Assert.DoesNotContain(characters, value => value is >= '\u0080' and <= '\u009f');
    }

    private sealed class Recorder : ControlSequenceReader
    {
        private readonly List<(char Kind, string Bytes)> _events = [];

        public IEnumerable<(char Kind, string Bytes)> Events => _events;

        public byte[] Unfinished() => [.. TakeUnfinished()];

        protected override void Text(byte[] bytes, int offset, int count)
        {
            var text = Encoding.Latin1.GetString(bytes, offset, count);
            if (_events is [.., ('T', var before)])
            {
                _events[^1] = ('T', before + text);
            }
            else
            {
                _events.Add(('T', text));
            }
        }

        protected override void Control(char character) => _events.Add(('C', character.ToString()));

        protected override void Sequence(byte[] bytes, int count) => _events.Add(('S', Encoding.Latin1.GetString(bytes, 0, count)));
    }
}
