using System;
using System.Buffers;
using System.IO;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Console.Text;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleLogFilterTests
{
    // U+FFFD, which terminals show for what is no character.
    private const string Replacement = "ef bf bd";

    [Theory]
    [InlineData("plain\r\nunix\nmany\r\r\n\r\n\r\nlast\r\n", "plain\nunix\nmany\n\n\nlast\n")]
    [InlineData("  5%\r100%\r\n", "  5%\n100%\n")]
    [InlineData("tab\tünïcödé € 👍\u00a0.\n", "tab\tünïcödé € 👍\u00a0.\n")]
    [InlineData("\x1b[1;32m OK \x1b[0mdone\x1b[6n\n", " OK done\n")]
    [InlineData("\x1b]0;title\adone\x1b]52;c;cHduZWQ=\x1b\\\n", "done\n")]
    [InlineData("\x1b(Bdone\x1b=\u001b7\n", "done\n")]
    [InlineData("\u009b31mred\u0085\n", "31mred\n")]
    [InlineData("\x1b]0;never ended\nKernel panic\n", "\nKernel panic\n")]
    [InlineData("nul\0bell\a\b\bdel\x7f\n", "nulbelldel\n")]
    public void WhatWouldControlATerminalIsLeftOut(string said, string expected)
    {
        foreach (var step in new[] { int.MaxValue, 1, 2, 3 })
        {
            Assert.Equal(Encoding.UTF8.GetBytes(expected), Filter(Encoding.UTF8.GetBytes(said), step));
        }
    }

    [Theory]
    [InlineData("\x1bXsos\x1b\\", "")]
    [InlineData("\x1bPdcs\x1b\\", "")]
    [InlineData("\x1b^pm\x1b\\", "")]
    [InlineData("\x1b_apc\x1b\\", "")]
    [InlineData("\x1b]0;osc\x1b\\", "")]
    [InlineData("\x1b[0;31m", "")]
    [InlineData("\x1b[?25h", "")]
    [InlineData("\x1b[4 q", "")]
    [InlineData("\x1b[0", "\x1b[31m")]
    [InlineData("\x1bPdcs", "\x1b[31m")]
    [InlineData("\x1bXsos", "\x1b]0;osc\a")]
    public void AStringOrSequenceLeavesNothing(string first, string second)
    {
        byte[] said = [(byte)'<', .. Encoding.ASCII.GetBytes(first + second), (byte)'>', (byte)'\n'];
        AssertLeft("3c 3e 0a", said);
    }

    [Theory]
    [InlineData("\x1bPdcs\n")]
    [InlineData("\x1bXsos\n")]
    [InlineData("\x1b^pm\n")]
    [InlineData("\x1b_apc\n")]
    [InlineData("\x1b[31\n")]
    [InlineData("\x1b(\n")]
    public void WhatNeverEndsTakesNothingOfTheNextLine(string said) =>
        AssertLeft("3c 0a 3e 0a", [(byte)'<', .. Encoding.ASCII.GetBytes(said), (byte)'>', (byte)'\n']);

    [Fact]
    public void NoControlCharacterOfUnicodeGetsThrough()
    {
        for (var character = 0x80; character <= 0x9f; character++)
        {
            AssertLeft("78 0a", [(byte)'x', 0xc2, (byte)character, (byte)'\n']);
        }

        AssertLeft("78 c2 a0 0a", [(byte)'x', 0xc2, 0xa0, (byte)'\n']);
    }

    [Fact]
    public void NoByteThatIsNoCharacterGetsThrough()
    {
        for (var value = 0x80; value <= 0xff; value++)
        {
            AssertLeft($"78 {Replacement} 0a", [(byte)'x', (byte)value, (byte)'\n']);
            AssertLeft($"78 {Replacement} 79 0a", [(byte)'x', (byte)value, (byte)'y', (byte)'\n']);
        }
    }

    // "?" is U+FFFD. 9b alone is a CSI to terminals that do not read UTF-8; so it is to lax ones in a character that is written longer than it needs.
    [Theory]
    [InlineData("c3 9b", "c3 9b")]
    [InlineData("c3 9b 9b", "c3 9b ?")]
    [InlineData("e2 82 9b", "e2 82 9b")]
    [InlineData("e2 9b", "?")]
    [InlineData("e2 9b 79", "? 79")]
    [InlineData("e2 82 ac 9b", "e2 82 ac ?")]
    [InlineData("e2 82 c3 9b", "? c3 9b")]
    [InlineData("e2 c2 9b", "?")]
    [InlineData("c2 c3 9b", "? c3 9b")]
    [InlineData("c0 9b", "? ?")]
    [InlineData("c1 9b", "? ?")]
    [InlineData("e0 82 9b", "? ? ?")]
    [InlineData("e0 a4 9b", "e0 a4 9b")]
    [InlineData("ed a0 9b", "? ? ?")]
    [InlineData("ed 9f 9b", "ed 9f 9b")]
    [InlineData("f0 80 82 9b", "? ? ? ?")]
    [InlineData("f0 9f 91 9b", "f0 9f 91 9b")]
    [InlineData("f0 9f 9b", "?")]
    [InlineData("f0 9f 9b 79", "? 79")]
    [InlineData("f4 8f bf 9b", "f4 8f bf 9b")]
    [InlineData("f4 90 80 9b", "? ? ? ?")]
    [InlineData("f5 80 80 9b", "? ? ? ?")]
    [InlineData("f8 88 80 80 9b", "? ? ? ? ?")]
    [InlineData("fe 9b", "? ?")]
    [InlineData("ff 9b", "? ?")]
    public void OfOtherBytesOnlyWholeCharactersGetThrough(string said, string expected) =>
        AssertLeft($"78 {expected.Replace("?", Replacement, StringComparison.Ordinal)} 0a", [(byte)'x', .. Bytes(said), (byte)'\n']);

    [Fact]
    public void WhateverStandsAmongPlainTextIsSeen()
    {
        var plain = "0123456789 abcdefghij~z\n"u8.ToArray();
        for (var position = 0; position < plain.Length; position++)
        {
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                var said = plain.ToArray();
                said[position] = (byte)value;
                var (before, after) = (plain[..position], plain[(position + 1)..]);
                byte[] expected = value switch
                {
                    '\t' or '\n' or (>= ' ' and <= '~') => said,

                    // A return alone ends the line; one at the end is kept for what follows.
                    '\r' => after is [] or [(byte)'\n'] ? [.. before, .. after] : [.. before, (byte)'\n', .. after],

                    // ESC takes the next character, and where that is a space the one after it too, but never the end of the line.
                    0x1b => after is [] or [(byte)'\n'] ? [.. before, .. after] : [.. before, .. after[(after[0] == ' ' ? 2 : 1)..]],
                    // What begins a character is none only when something else follows.
                    >= 0xc2 and <= 0xf4 when after is [] => before,
                    >= 0x80 => [.. before, .. Bytes(Replacement), .. after],
                    _ => [.. before, .. after],
                };

                AssertLeft(Hexadecimal(expected), said);
            }
        }
    }

    [Fact]
    public void WhateverIsSaidNothingThatControlsATerminalGetsThrough()
    {
        byte[] telling = [.. "\x1b[];?PX^_\\\n\r\b\a"u8, 0xc2, 0xe2, 0xf0, 0x9b];
        var random = new Random(4);
        var said = new byte[200_000];
        random.NextBytes(said);
        for (var i = 0; i < said.Length; i += random.Next(1, 6))
        {
            said[i] = telling[random.Next(telling.Length)];
        }

        var left = Filter(said, 7);
        Assert.Equal(left, Filter(said, said.Length));
        Assert.InRange(left.Length, said.Length / 20, 3 * said.Length);
        for (var rest = left.AsSpan(); rest.Length > 0;)
        {
            Assert.Equal(OperationStatus.Done, Rune.DecodeFromUtf8(rest, out var character, out var length));
            Assert.True(character.Value is '\n' or '\t' || !Rune.IsControl(character), $"U+{character.Value:X4} got through.");
            rest = rest[length..];
        }
    }

    /// <summary>Compares bytes: a text made of them would have the same character for each byte that is none.</summary>
    private static void AssertLeft(string expected, byte[] said)
    {
        foreach (var step in new[] { int.MaxValue, 1, 2, 3 })
        {
            Assert.Equal(expected, Hexadecimal(Filter(said, step)));
        }
    }

    private static string Hexadecimal(byte[] bytes) => string.Join(' ', bytes.Select(value => $"{value:x2}"));

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static byte[] Filter(byte[] said, int step)
    {
        var filter = new ConsoleLogFilter();
        using var left = new MemoryStream();
        for (var at = 0; at < said.Length; at += Math.Min(step, said.Length - at))
        {
            var clean = filter.Filter(said, at, Math.Min(step, said.Length - at));
            left.Write(clean.Array!, clean.Offset, clean.Count);
        }

        return left.ToArray();
    }
}
