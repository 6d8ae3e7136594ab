using System;
using System.IO;
using System.Text;
using LinuxKitHyperV.Console.Text;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleLogFilterTests
{
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
    public void What_would_control_a_terminal_is_left_out(string said, string expected)
    {
        foreach (var step in new[] { int.MaxValue, 1, 2, 3 })
        {
            Assert.Equal(expected, Encoding.UTF8.GetString(Filter(Encoding.UTF8.GetBytes(said), step)));
        }
    }

    [Fact]
    public void Whatever_stands_among_plain_text_is_seen()
    {
        for (var position = 0; position < 24; position++)
        {
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                var said = "0123456789 abcdefghij~z\n"u8.ToArray();
                said[position] = (byte)value;

                Assert.Equal(Filter(said, 1), Filter(said, said.Length));
            }
        }
    }

    [Fact]
    public void No_control_character_ever_gets_through()
    {
        var random = new Random(4);
        var said = new byte[200_000];
        random.NextBytes(said);
        for (var i = 0; i < said.Length; i += random.Next(1, 6))
        {
            said[i] = "\x1b[];?\n\r\b\a"u8[random.Next(9)];
        }

        var left = Filter(said, 7);
        Assert.Equal(left, Filter(said, said.Length));
        Assert.DoesNotContain(left, value => value < ' ' && value is not ((byte)'\n' or (byte)'\t'));
        Assert.DoesNotContain(Encoding.UTF8.GetString(left), character => char.IsControl(character) && character is not ('\n' or '\t'));
    }

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
