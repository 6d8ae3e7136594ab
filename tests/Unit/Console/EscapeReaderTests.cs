using System;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Terminal;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class EscapeReaderTests
{
    [Theory]
    [InlineData("ls ~/x\r", "ls ~/x\r", "no line begins with it")]
    [InlineData("~~x\r", "~x\r", "two are one")]
    [InlineData("~/bin/x\r", "~/bin/x\r", "a path")]
    [InlineData("\r~~.\r", "\r~.\r", "two are one, and the full stop is the guest's")]
    [InlineData("x\n~a~~", "x\n~a~~", "only the first counts")]
    [InlineData("~\r~\r", "~\r~\r", "alone on a line")]
    [InlineData("~?ls\r", "ls\r", "help")]
    [InlineData("\r\x1b[A~.", "\r\x1b[A~.", "a key has changed the line")]
    [InlineData("x\x1b[24;12R~.", "x\x1b[24;12R~.", "the answer came within a line")]
    [InlineData("~?~~\r", "~\r", "after help it is the beginning of a line still")]
    [InlineData("\x1b[200~~.\r~~\r~?\r\x1d\x1b[201~", "\x1b[200~~.\r~~\r~?\r\x1d\x1b[201~", "a marked paste has no escapes")]
    [InlineData("x\r\x1b[200~~~", "x\r\x1b[200~~~", "nor has one that goes on")]
    [InlineData("\x1b[200~\x1b[200~\x1b[20\x1b[201~\r~~", "\x1b[200~\x1b[200~\x1b[20\x1b[201~\r~", "its end may follow what looks like a mark")]
    [InlineData("\x1b[200~ls\r\x1b[201~~~", "\x1b[200~ls\r\x1b[201~~", "behind a paste that ends a line begins one")]
    [InlineData("\x1b[200~ls\x1b[201~~~", "\x1b[200~ls\x1b[201~~~", "behind another none begins")]
    [InlineData("~\x1b[200~\x1b[201~~~", "~\x1b[200~\x1b[201~~~", "a ~ before a paste is typed")]
    [InlineData("\x1b[201~\r~~", "\x1b[201~\r~", "an end without a beginning is none")]
    public void WhatIsTypedComesToTheGuest(string typed, string expected, string because)
    {
        var reader = new EscapeReader(0x1d);
        var whole = Read(reader, typed);
        Assert.True(expected == whole && !reader.HasLeft, because);

        // One by one, as fingers type it.
        reader = new EscapeReader(0x1d);
        Assert.Equal(expected, string.Concat(typed.Select(key => Read(reader, $"{key}"))));
        Assert.False(reader.HasLeft);
    }

    [Theory]
    [InlineData("~.", "")]
    [InlineData("exit\r~.more", "exit\r")]
    [InlineData("\r\x1b[24;12R~.", "\r\x1b[24;12R")]
    [InlineData("\x1b[?62;c\x1b[I~.", "\x1b[?62;c\x1b[I")]
    [InlineData("a\x1d~", "a")]
    [InlineData("~\x1d", "")]
    [InlineData("\x1b[200~a\r\x1b[201~~.b", "\x1b[200~a\r\x1b[201~")]
    [InlineData("\x1b[200~a\x1b[201~\x1d", "\x1b[200~a\x1b[201~")]
    public void WhatLeavesDoesNotComeToTheGuestNorDoesWhatFollows(string typed, string expected)
    {
        var reader = new EscapeReader(0x1d);
        Assert.Equal(expected, Read(reader, typed));
        Assert.True(reader.HasLeft);
    }

    [Fact]
    public void HelpIsAskedForOnce()
    {
        var reader = new EscapeReader(0x1d);
        Assert.Equal(string.Empty, Read(reader, "~?"));
        Assert.True(reader.AsksForHelp);
        Assert.Equal("x", Read(reader, "x"));
        Assert.False(reader.AsksForHelp);
    }

    [Fact]
    public void WithoutAKeyAllIsTheGuests()
    {
        var all = string.Concat(Enumerable.Range(0, 256).Select(value => (char)value)) + "\r~.\r~?\r~~";
        var reader = new EscapeReader(null);
        Assert.Equal(all, Read(reader, all));
        Assert.False(reader.HasLeft || reader.AsksForHelp);
    }

    private static string Read(EscapeReader reader, string typed)
    {
        var bytes = Encoding.Latin1.GetBytes(typed);
        return Encoding.Latin1.GetString(reader.Read([.. bytes, (byte)'x'], bytes.Length).AsSpan());
    }
}
