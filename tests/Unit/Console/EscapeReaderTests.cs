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
    [InlineData("~?~~\r", "~\r", "after help it is the beginning of a line still")]
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
    [InlineData("a\x1d~", "a")]
    [InlineData("~\x1d", "")]
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
