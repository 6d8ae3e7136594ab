using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Text;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleLineReaderTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("plain\r\n", "plain")]
    [InlineData("unix\n", "unix")]
    [InlineData("many\r\r\r\n", "many")]
    [InlineData("\r\n", "")]
    [InlineData("ünïcödé €\r\n", "ünïcödé €")]
    [InlineData("tab\tkept\n", "tab\tkept")]
    [InlineData("  5%\r 50%\r100%\r\n", "100%")]
    [InlineData("long text\rshort\n", "shorttext")]
    [InlineData("long text\r\x1b[Kshort\n", "short")]
    [InlineData("typo\b \be\n", "type")]
    [InlineData("ab\b\bcd\n", "cd")]
    [InlineData("abc\b\x1b[Jd\n", "abd")]
    [InlineData("\x1b[1;32m OK \x1b[0mdone\n", " OK done")]
    [InlineData("\x1b]0;title\adone\n", "done")]
    [InlineData("\x1b]0;title\x1b\\done\n", "done")]
    [InlineData("\x1bP1$q\x1b\\done\n", "done")]
    [InlineData("\x1b(Bdone\x1b=\u001b7\n", "done")]
    [InlineData("\u009b31mred\n", "31mred")]
    [InlineData("\u009d0;x\u009cdone\n", "0;xdone")]
    [InlineData("\x1b]0;x\u009cdone\n", "done")]
    [InlineData("\x1b]0;x\x18shown\n", "shown")]
    [InlineData("\x1b[3\r1mover\n", "over")]
    [InlineData("abc\x1b[2 @\n", "abc")]
    [InlineData("nul\0bell\adel\x7f.\n", "nulbelldel.")]
    [InlineData("abcdef\x1b[3D\x1b[Px\n", "abcxf")]
    [InlineData("abcdef\x1b[3D\x1b[1K\n", "    ef")]
    [InlineData("abc\x1b[2D\x1b[@x\n", "axbc")]
    [InlineData("ab\x1b[5Cc\n", "ab     c")]
    [InlineData("ab\x1b[5Gc\n", "ab  c")]
    [InlineData("abc\x1b[1K\x1b[1Gx\n", "x  ")]
    [InlineData("\x1b[?25l\x1b[6n\x1b[38;5;196mx\n", "x")]
    public void ALineReadsAsATerminalShowsIt(string said, string expected)
    {
        foreach (var step in new[] { int.MaxValue, 1, 3 })
        {
            Assert.Equal(expected, Assert.Single(Read(said, step)).Text);
        }
    }

    [Theory]
    [InlineData("\x1b]0;never ended\nKernel panic\n", "Kernel panic")]
    [InlineData("\x1b[1;2\nKernel panic\n", "Kernel panic")]
    [InlineData("\x1bP\nKernel panic\n", "Kernel panic")]
    public void ASequenceThatNeverEndsSwallowsNoFurtherLine(string said, string expected) =>
        Assert.Equal(expected, Read(said, int.MaxValue)[^1].Text);

    [Fact]
    public void NoControlCharacterEverGetsThrough()
    {
        var random = new Random(3);
        var said = new byte[200_000];
        random.NextBytes(said);
        for (var i = 0; i < said.Length; i += random.Next(1, 6))
        {
            said[i] = "\x1b[];?\n\r\b\a"u8[random.Next(9)];
        }

        var lines = Read(said, 7);

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Text.Any(c => char.IsControl(c) && c != '\t'));
    }

    [Fact]
    public void ALineHasItsVMItsBootAndItsTimes()
    {
        var buffer = new ConsoleBuffer(1000);
        buffer.BeginBoot(Noon);
        Append(buffer, "unfinished", Noon.AddSeconds(1));
        buffer.BeginBoot(Noon.AddSeconds(10));
        Append(buffer, "fir", Noon.AddSeconds(12));
        Append(buffer, "st\nsecond\n", Noon.AddSeconds(13));
        var lines = ReadAll(new ConsoleLineReader("web", new ConsoleReader(buffer, 0)));

        Assert.Equal(["unfinished", "first", "second"], lines.Select(line => line.Text));
        Assert.Equal([1, 2, 2], lines.Select(line => line.BootNumber));
        Assert.Equal([1.0, 2.0, 3.0], lines.Select(line => line.Elapsed.TotalSeconds));
        Assert.Equal([false, true, true], lines.Select(line => line.IsComplete));
        Assert.Equal((Noon.AddSeconds(12).ToLocalTime(), "web"), (lines[1].Time, lines[1].VMName));
    }

    [Fact]
    public void ALineThatHasNotEndedIsShownWhenAskedFor()
    {
        var buffer = new ConsoleBuffer(1000);
        buffer.BeginBoot(Noon);
        var reader = new ConsoleLineReader("web", new ConsoleReader(buffer, 0));
        Append(buffer, "login: ", Noon);

        Assert.False(reader.TryRead(out _));
        Assert.Equal("login: ", reader.Peek()?.Text);
        Assert.Equal("login: ", reader.Flush()?.Text);
        Assert.Null(reader.Flush());

        Append(buffer, "root\n", Noon);
        Assert.True(reader.TryRead(out var rest));
        Assert.Equal("root", rest.Text);
    }

    [Fact]
    public void ALineWithoutEndIsCut()
    {
        var lines = Read(new string('x', (2 * ScreenLine.Limit) + 10) + "\n", int.MaxValue);

        Assert.Equal([ScreenLine.Limit, ScreenLine.Limit, 10], lines.Select(line => line.Text.Length));
    }

    [Theory]
    [InlineData("one\ntwo\nthree\n", 2, "two\nthree\n")]
    [InlineData("one\ntwo\nlogin: ", 2, "two\nlogin: ")]
    [InlineData("one\ntwo\n", 9, "one\ntwo\n")]
    [InlineData("one\ntwo\n", 0, "")]
    [InlineData("", 3, "")]
    public void TheTailOfLinesIsFound(string said, int lines, string tail)
    {
        var buffer = new ConsoleBuffer(1000);
        buffer.BeginBoot(Noon);
        Append(buffer, said, Noon);

        Assert.Equal(tail, said[(int)buffer.FindTail(lines)..]);
    }

    [Fact]
    public void SeveralConsolesAreMergedInTheOrderOfTheirTimes()
    {
        var web = new ConsoleBuffer(1000);
        var db = new ConsoleBuffer(1000);
        web.BeginBoot(Noon);
        db.BeginBoot(Noon);
        Append(web, "w1\n", Noon.AddSeconds(1));
        Append(db, "d2\n", Noon.AddSeconds(2));
        Append(db, "d3\n", Noon.AddSeconds(3));
        Append(web, "w4\nw...", Noon.AddSeconds(4));
        var merge = new ConsoleLineMerge(
            [new("web", new ConsoleReader(web, 0)), new("db", new ConsoleReader(db, 0))]);

        Assert.Equal(["w1", "d2", "d3", "w4"], merge.ReadAvailable().Select(line => line.Text));
        Assert.False(merge.IsAtEnd);
        web.Complete();
        db.Complete();
        Assert.True(merge.IsAtEnd);
        Assert.Equal(["w..."], merge.Flush().Select(line => line.Text));
    }

    private static List<ConsoleLine> Read(string said, int step) => Read(Encoding.UTF8.GetBytes(said), step);

    private static List<ConsoleLine> Read(byte[] said, int step)
    {
        var buffer = new ConsoleBuffer(1_000_000);
        buffer.BeginBoot(Noon);
        var reader = new ConsoleLineReader("web", new ConsoleReader(buffer, 0));
        var lines = new List<ConsoleLine>();
        for (var i = 0; i < said.Length; i += Math.Min(step, said.Length - i))
        {
            Append(buffer, said.AsSpan(i, Math.Min(step, said.Length - i)), Noon);
            lines.AddRange(ReadAll(reader));
        }

        return lines;
    }

    private static List<ConsoleLine> ReadAll(ConsoleLineReader reader)
    {
        var lines = new List<ConsoleLine>();
        while (reader.TryRead(out var line))
        {
            lines.Add(line);
        }

        return lines;
    }

    private static void Append(ConsoleBuffer buffer, string text, DateTime time) =>
        Append(buffer, Encoding.UTF8.GetBytes(text), time);

    private static void Append(ConsoleBuffer buffer, ReadOnlySpan<byte> bytes, DateTime time)
    {
        while (bytes.Length > 0)
        {
            var room = buffer.Reserve();
            var count = Math.Min(room.Count, bytes.Length);
            bytes[..count].CopyTo(room);
            buffer.Commit(count, time);
            bytes = bytes[count..];
        }
    }
}
