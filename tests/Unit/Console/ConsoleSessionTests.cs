using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Terminal;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleSessionTests : IDisposable
{
    private const string LeaveKey = "\x1d";

    private readonly ComPort _port = ComPort.On();
    private readonly FakeTerminal _terminal = new();
    private readonly ConsoleCapture _capture;
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    public ConsoleSessionTests() => _capture = ConsoleCaptureTests.Start(_port);

    public void Dispose()
    {
        _capture.Dispose();
        _port.Dispose();
        _terminal.Dispose();
        _cancel.Dispose();
    }

    [Fact]
    public async Task WhatWasCapturedAndWhatComesIsShown()
    {
        await _port.WaitForClient();
        await _port.Say("before;");
        ConsoleCaptureTests.Read(_capture.ReadFromStart(), 7);
        var session = Attach();

        await _port.Say("after");

        Assert.True(_terminal.ShowsSoon("before;after"));
        Assert.Contains("Ctrl+] leaves it", _terminal.Shown, StringComparison.Ordinal);
        _terminal.Type(LeaveKey);
        Assert.Equal(ConsoleSessionEnd.Left, await session);
    }

    [Fact]
    public async Task OnlyTheTailThatIsAskedForIsShown()
    {
        await _port.WaitForClient();
        await _port.Say("0123456789");
        ConsoleCaptureTests.Read(_capture.ReadFromStart(), 10);

        var session = Attach(new ConsoleSessionOptions { TailBytes = 3 });

        Assert.True(_terminal.ShowsSoon("789"));
        Assert.DoesNotContain("6789", _terminal.Shown, StringComparison.Ordinal);
        _terminal.Type(LeaveKey);
        await session;
    }

    [Fact]
    public async Task WhatWasAskedBeforeIsNotAskedAgainButWhatIsAskedNowIs()
    {
        await _port.WaitForClient();
        await _port.Say("\x1b[32mold\x1b[0m\x1b[6");
        await _port.Say("n /#\x1b[");
        ConsoleCaptureTests.Read(_capture.ReadFromStart(), 21);
        var session = Attach();
        Assert.True(_terminal.ShowsSoon("\x1b[32mold\x1b[0m /#"));

        await _port.Say("6n");
        await _port.Say("now\x1b[c");

        Assert.True(_terminal.ShowsSoon("\x1b[32mold\x1b[0m /#\x1b[6nnow\x1b[c"));
        _terminal.Type(LeaveKey);
        await session;
    }

    [Theory]
    [InlineData("\x1b[?1049h\x1b[2J", true)]
    [InlineData("\x1b[?1049h\x1b[?1049l", false)]
    [InlineData("prompt", false)]
    public async Task TheAlternateScreenIsLeftIfItIsOn(string said, bool left)
    {
        await _port.WaitForClient();
        var session = Attach();
        await _port.Say(said);
        Assert.True(_terminal.ShowsSoon(said));

        _terminal.Type(LeaveKey);
        await session;

        var end = _terminal.Shown.Substring(_terminal.Shown.IndexOf(said, StringComparison.Ordinal) + said.Length);
        Assert.StartsWith(left ? "\x1b[?1049l\u001b7" : "\u001b7", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTerminalIsAnOrdinaryOneAfterwards()
    {
        var session = Attach();
        Assert.True(_terminal.ShowsSoon("leaves it"));

        _terminal.Type(LeaveKey);
        await session;

        // The scroll region's reset moves the cursor, and the cursor's return may bring a character set and colors back.
        Assert.Matches(@"\e7\e\[r\e8.*\e\(B\x0f.*\e\[0m.*\r\n\[Left", _terminal.Shown);
        string[] modes = ["[?1l", ">", "[4l", "[?7h", "[?25h", "[?1000l", "[?1002l", "[?1003l", "[?1006l", "[?1004l", "[?2004l"];
        Assert.All(modes, mode => Assert.Contains("\x1b" + mode, _terminal.Shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryKeyReachesTheGuestAsItIs()
    {
        await _port.WaitForClient();
        _capture.WaitUntilConnected(TimeSpan.FromSeconds(20), _cancel.Token);
        var session = Attach();
        var euro = Encoding.UTF8.GetBytes("€");

        _terminal.Type("\x03\x1b[A\x7f\0");
        _terminal.Type(euro[..1]);
        _terminal.Type(euro[1..]);

        Assert.Equal("\x03\x1b[A\x7f\0€", await _port.Hear(9));
        _terminal.Type(LeaveKey);
        await session;
    }

    [Fact]
    public async Task ALargePasteReachesTheGuestWhole()
    {
        await _port.WaitForClient();
        _capture.WaitUntilConnected(TimeSpan.FromSeconds(20), _cancel.Token);
        var session = Attach();
        var paste = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i:d5}\r"));
        foreach (var part in paste.Chunk(4096))
        {
            _terminal.Type(new string(part));
        }

        Assert.Equal(paste, await _port.Hear(paste.Length));
        _terminal.Type(LeaveKey);
        await session;
    }

    [Fact]
    public async Task KeysBeforeTheEscapeKeyAreSentAndThoseAfterAreNot()
    {
        await _port.WaitForClient();
        _capture.WaitUntilConnected(TimeSpan.FromSeconds(20), _cancel.Token);
        _terminal.Type("poweroff\r" + LeaveKey + "rest");

        Assert.Equal(ConsoleSessionEnd.Left, await Attach());

        Assert.Equal("poweroff\r", await _port.Hear(9));
        _capture.Send("!"u8.ToArray(), 0, 1, _cancel.Token);
        Assert.Equal("!", await _port.Hear(1));
    }

    [Fact]
    public async Task AnotherEscapeKeyLetsTheUsualOneThrough()
    {
        await _port.WaitForClient();
        _capture.WaitUntilConnected(TimeSpan.FromSeconds(20), _cancel.Token);
        var session = Attach(new ConsoleSessionOptions { EscapeKey = 1 });

        _terminal.Type(LeaveKey + "\x01");

        Assert.Equal(ConsoleSessionEnd.Left, await session);
        Assert.Equal(LeaveKey, await _port.Hear(1));
        Assert.Contains("Ctrl+A leaves it", _terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheEscapeKeyWorksWhileTheGuestTakesNoInput()
    {
        await _port.WaitForClient();
        _capture.WaitUntilConnected(TimeSpan.FromSeconds(20), _cancel.Token);
        var session = Attach();
        for (var i = 0; i < 1000; i++)
        {
            _terminal.Type(new byte[4096]);
        }

        _terminal.Type(LeaveKey);

        Assert.Equal(ConsoleSessionEnd.Left, await session);
    }

    [Fact]
    public async Task TheEscapeKeyWorksWhileTheTerminalTakesNoOutput()
    {
        await _port.WaitForClient();
        var session = Attach();
        Assert.True(_terminal.ShowsSoon("leaves it"));
        _terminal.Freeze();
        await _port.Say("never shown");

        // Each key rings the bell, for which the terminal takes no output either.
        _port.TurnOff();
        _terminal.Type("x");
        _terminal.Type(LeaveKey);

        Assert.Equal(ConsoleSessionEnd.Left, await session);
    }

    /// <summary>A terminal's writer keeps half of a character until the next write, and half of a sequence is no place for another.</summary>
    [Fact]
    public async Task WhatIsSaidAndWhatTheGuestSaysComesOneAfterTheOther()
    {
        await _port.WaitForClient();
        _terminal.WriteTime = TimeSpan.FromMilliseconds(5);
        var session = Attach();
        Assert.True(_terminal.ShowsSoon("leaves it"));

        for (var i = 0; i < 20; i++)
        {
            await _port.Say($"line {i}\r\n");
            _terminal.Type("~?");
        }

        Assert.True(_terminal.ShowsSoon("line 19"));
        Assert.True(_terminal.ShowsSoon("~? shows this"));
        _terminal.Type(LeaveKey);
        Assert.Equal(ConsoleSessionEnd.Left, await session);
        Assert.False(_terminal.WasWrittenByTwoAtOnce);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheEscapeKeyWorksAfterHelpThatTheTerminalDoesNotTake(bool isGuestSpeaking)
    {
        await _port.WaitForClient();
        var session = Attach();
        Assert.True(_terminal.ShowsSoon("leaves it"));
        _terminal.Freeze();
        if (isGuestSpeaking)
        {
            await _port.Say("never shown");
        }

        _terminal.Type("~?");
        _terminal.Type(LeaveKey);

        Assert.Equal(ConsoleSessionEnd.Left, await session.WaitAsync(TimeSpan.FromSeconds(20), _cancel.Token));
    }

    [Fact]
    public async Task WordsByTheWayThatTheTerminalRefusesEndNothing()
    {
        _port.TurnOff();
        var session = Attach();
        Assert.True(_terminal.ShowsSoon("leaves it"));
        _terminal.Break();

        _terminal.Type("~?");
        _terminal.Type("x");
        _terminal.Type(LeaveKey);

        Assert.Equal(ConsoleSessionEnd.Left, await session);
    }

    [Fact]
    public async Task TheGuestIsToldTheSizeOfTheTerminalWhereAsked()
    {
        await _port.WaitForClient();
        _capture.WaitUntilConnected(TimeSpan.FromSeconds(20), _cancel.Token);

        var session = Attach(new ConsoleSessionOptions { GuestSize = new TerminalSize(Rows: 40, Columns: 132) });

        const string Typed = "\x15 stty rows 40 cols 132\r";
        Assert.Equal(Typed, await _port.Hear(Typed.Length));
        _terminal.Type(LeaveKey);
        await session;
    }

    [Fact]
    public async Task ARestartOfTheGuestIsANotice()
    {
        await _port.WaitForClient();
        await _port.Say("one");
        var session = Attach();
        Assert.True(_terminal.ShowsSoon("one"));

        _port.TurnOff();
        _port.TurnOn();
        await _port.WaitForClient();
        await _port.Say("two");

        Assert.True(_terminal.ShowsSoon("[web restarted (boot 2).]\r\ntwo"));
        _terminal.Type(LeaveKey);
        await session;
    }

    [Fact]
    public async Task AKeyWithoutAGuestRingsTheBell()
    {
        _port.TurnOff();
        var session = Attach();

        _terminal.Type("x");

        Assert.True(_terminal.ShowsSoon("\a"));
        _terminal.Type(LeaveKey);
        await session;
    }

    [Fact]
    public async Task TheCallerIsAskedWhileThePipeIsAwayAndMayEndTheCapture()
    {
        _port.TurnOff();

        var end = await Attach(new ConsoleSessionOptions { WhileAway = () => _capture.End(ConsoleEndReason.VMStopped) });

        Assert.Equal(ConsoleSessionEnd.CaptureEnded, end);
    }

    [Fact]
    public async Task TheLastWordsAreShownWhenTheCaptureEnds()
    {
        await _port.WaitForClient();
        await _port.Say("Power down");
        ConsoleCaptureTests.Read(_capture.ReadFromStart(), 10);
        _capture.End(ConsoleEndReason.VMStopped);

        Assert.Equal(ConsoleSessionEnd.CaptureEnded, await Attach());

        Assert.Contains("Power down", _terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellationEndsIt()
    {
        var session = Attach();

        _cancel.Cancel();

        Assert.Equal(ConsoleSessionEnd.Canceled, await session);
    }

    [Fact]
    public async Task ATerminalThatIsGoneEndsIt()
    {
        var session = Attach();

        _terminal.HangUp();

        Assert.Equal(ConsoleSessionEnd.TerminalClosed, await session);
    }

    [Fact]
    public async Task AnErrorOfTheCallerIsNotLost()
    {
        _port.TurnOff();

        var session = Attach(new ConsoleSessionOptions { WhileAway = () => throw new TimeZoneNotFoundException() });

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => session);
    }

    private Task<ConsoleSessionEnd> Attach(ConsoleSessionOptions? options = null) => Task.Run(
        () => ConsoleSession.Run(_capture, _terminal, options ?? new ConsoleSessionOptions(), _cancel.Token));
}
