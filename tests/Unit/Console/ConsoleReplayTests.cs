using System.Linq;
using System.Text;
using LinuxKitHyperV.Console.Text;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleReplayTests
{
    [Theory]
    [InlineData("\x1b[6n")]
    [InlineData("\x1b[5n")]
    [InlineData("\x1b[?6n")]
    [InlineData("\x1b[c")]
    [InlineData("\x1b[>c")]
    [InlineData("\x1b[=c")]
    [InlineData("\x1b[?2026$p")]
    [InlineData("\x1b[4$p")]
    [InlineData("\x1b[>q")]
    [InlineData("\x1b[18t")]
    [InlineData("\x1b[x")]
    [InlineData("\x1b[?u")]
    [InlineData("\x1b[?4m")]
    [InlineData("\x1b[1;1;1;1;1;1*y")]
    [InlineData("\x1b[?1004h")]
    [InlineData("\x1b[?25;2048h")]
    [InlineData("\x1bZ")]
    [InlineData("\x1b]11;?\a")]
    [InlineData("\x1b]0;a title, é\a")]
    [InlineData("\x1bP$qm\x18")]
    [InlineData("\x1bP+q544e\x1a")]
    [InlineData("\x1b_Ga=q;AAAA\a")]
    [InlineData("\x05")]
    [InlineData("\u009b")]
    public void WhatATerminalAnswersIsLeftOut(string asked) => AssertReplayed($"one{asked}two", "onetwo");

    [Theory]
    [InlineData("\x1b[1;32mroot\x1b[m:\x1b[38:5:4m~\x1b[0m# ")]
    [InlineData("ls\b \bs\r\n\ta\x1b[K\x1b[2J\x1b[H\x1b[3;4H\x1b[2A\x1b[4P\x1b[2@")]
    [InlineData("\x1b[?1049h\x1b[?25;7l\x1b[?2004h\x1b[1;24r\x1b[4l")]
    [InlineData("\x1b(0lqk\x1b(B\x0e\x0f\x1b)0\u001b7\u001b8\x1bM\x1b=\x1b>\x1b#8\x1b" + "c")]
    [InlineData("grün ¿ € 😀 \x7f")]
    public void WhatDrawsStays(string drawn) => AssertReplayed(drawn, drawn);

    [Theory]
    [InlineData("\x1b]11;?\x1b\\two", "\x1b\\two")]
    [InlineData("\x1b]11;?\r\ntwo", "\ntwo")]
    [InlineData("\x1b[6\r\nn", "\r\nn")]
    [InlineData("\x1b[6\rn", "\r")]
    [InlineData("\x1b[6\x7fn", "")]
    [InlineData("\x1b[\x1b[6ntwo", "two")]
    [InlineData("\x1b\x1bZtwo", "two")]
    [InlineData("\u009b6n", "6n")]
    public void WhatIsLeftOfASequenceAsksForNothing(string broken, string left) => AssertReplayed(broken, left);

    [Theory]
    [InlineData("\x1b")]
    [InlineData("\x1b[6")]
    [InlineData("\x1b]11;?")]
    public void ASequenceThatHasNotEndedGoesOnInWhatFollows(string begun)
    {
        var bytes = Encoding.ASCII.GetBytes(begun);
        var replay = new ConsoleReplay();

        Assert.Equal(0, replay.Filter(bytes, 0, bytes.Length).Count);

        Assert.Equal(begun, Encoding.ASCII.GetString(replay.Finish()));
        Assert.Equal(0, replay.Finish().Count);
    }

    [Fact]
    public void ACharacterThatHasNotEndedGoesOnInWhatFollows()
    {
        var replay = new ConsoleReplay();

        Assert.Equal(0, replay.Filter([0xc2], 0, 1).Count);

        Assert.Equal(0xc2, Assert.Single(replay.Finish().ToArray()));
    }

    private static void AssertReplayed(string said, string shown)
    {
        var bytes = Encoding.UTF8.GetBytes(said);
        var whole = new ConsoleReplay();
        var pieces = new ConsoleReplay();

        Assert.Equal(shown, Encoding.UTF8.GetString(whole.Filter(bytes, 0, bytes.Length)));
        Assert.Equal(
            shown,
            Encoding.UTF8.GetString([.. Enumerable.Range(0, bytes.Length).SelectMany(i => pieces.Filter(bytes, i, 1).ToArray())]));
    }
}
