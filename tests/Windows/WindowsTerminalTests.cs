using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Native.Windows;
using LinuxKitHyperV.Terminal;
using LinuxKitHyperV.Tests.Console;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>The terminal on a real console. What a terminal emulator sends for keys is conhost's work, and injected here as conhost would.</summary>
[CollectionDefinition(nameof(WindowsConsole), DisableParallelization = true)]
[Collection(nameof(WindowsConsole))]
public sealed partial class WindowsTerminalTests : IDisposable
{
    private const uint CookedInput = 0x17;
    private const uint VirtualTerminalInput = 0x200;
    private const uint VirtualTerminalOutput = 0xD;

    private static readonly Kernel32.KeyRecord CtrlC = new() { VirtualKey = 'C', Character = '\x03', ControlState = 8 };

    private readonly WindowsConsole _console = new();

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Fact]
    public void ModesAreSetAndPutBackExactly()
    {
        var before = _console.Modes;
        Assert.NotEqual(0u, before.Input & CookedInput);

        var terminal = new WindowsTerminal();

        Assert.Equal((before.Input & ~CookedInput) | VirtualTerminalInput, _console.Modes.Input);
        Assert.Equal(before.Output | VirtualTerminalOutput, _console.Modes.Output);
        terminal.Dispose();
        terminal.Dispose();
        Assert.Equal(before, _console.Modes);
    }

    [Fact]
    public void ModesArePutBackWhenTheProcessEnds()
    {
        var before = _console.Modes;
        using var other = new OtherProcess("terminal");

        other.WaitForEnd();

        Assert.Equal(before, _console.Modes);
    }

    [Theory]
    [InlineData("a\r\t\x7f", "letters and editing keys")]
    [InlineData("\x1b[A\x1bOP", "keys that conhost has made sequences of")]
    [InlineData("\x03\x1a\x1c", "Ctrl+C, Ctrl+Z and Ctrl+\\: no signals here")]
    [InlineData("€😀", "outside ASCII, and outside 16 bits")]
    public void KeysAreReadAsTheyAre(string keys, string what)
    {
        using var terminal = new WindowsTerminal();

        _console.Type(keys);

        Assert.True(keys == Read(terminal, Encoding.UTF8.GetByteCount(keys)), what);
    }

    [Fact]
    public void KeysWithoutACharacterAreReadWhereATerminalKnowsThem()
    {
        using var terminal = new WindowsTerminal();

        _console.Press(new() { VirtualKey = Kernel32.SpaceKey, ControlState = 8 });
        _console.Press(new() { Character = 'x', RepeatCount = 3 });
        _console.Press(new() { VirtualKey = 0x10 });
        _console.Inject(new Kernel32.InputRecord { Type = 0x10 });
        _console.Inject(new Kernel32.KeyRecord { VirtualKey = Kernel32.AltKey, Character = 'é', RepeatCount = 1 });

        Assert.Equal("\0xxxé", Read(terminal, 6));
    }

    [Fact]
    public void CtrlCIsAKeyForTheGuestAndASignalAgainWhenTheTerminalIsPutBack()
    {
        using var signals = new ConsoleSignals();
        using (var terminal = new WindowsTerminal())
        {
            _console.Press(CtrlC);
            Assert.Equal("\x03", Read(terminal, 1));
        }

        Assert.Equal(0, signals.Count);
        _console.Press(CtrlC);
        Assert.True(SpinWait.SpinUntil(() => signals.Count == 1, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task AReadIsCanceledAtOnceAndLosesNoKey()
    {
        using var terminal = new WindowsTerminal();
        using var cancel = new CancellationTokenSource();
        var reading = Task.Run(() => terminal.Read(new byte[1], cancel.Token), Canceled);

        cancel.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20), Canceled));
        _console.Type("x");
        Assert.Equal("x", Read(terminal, 1));
    }

    // Wine's console keeps the sequences as characters, that of Windows obeys them.
    [Fact]
    public void WhatIsShownMayComeInPiecesAndWithSequences()
    {
        using var terminal = new WindowsTerminal();
        Show(terminal, "\r\n\x1b[31mred\x1b[0m "u8);

        Show(terminal, [0xE2, 0x82]);
        Show(terminal, [0xAC]);

        Assert.Equal("red €", Sequence().Replace(_console.TextBeforeCursor(), string.Empty));
    }

    [Fact]
    public async Task ASessionTypesAndIsLeftByItsEscapeKey()
    {
        var before = _console.Modes;
        using var port = ComPort.On();
        using var capture = ConsoleCapture.Start(new ConsoleCaptureOptions { VMId = Guid.NewGuid(), VMName = "web", PipePath = port.Path });
        await port.WaitForClient();
        Task<ConsoleSessionEnd> session;
        using (var terminal = new WindowsTerminal())
        {
            session = Task.Run(() => ConsoleSession.Run(capture, terminal, new ConsoleSessionOptions(), Canceled), Canceled);
            _console.Type("ls\r\x03");
            Assert.Equal("ls\r\x03", await port.Hear(4));

            _console.Type("\x1d");
            Assert.Equal(ConsoleSessionEnd.Left, await session.WaitAsync(TimeSpan.FromSeconds(20), Canceled));
        }

        Assert.Equal(before, _console.Modes);
    }

    [Fact]
    public async Task ModesArePutBackWhenASessionFails()
    {
        var before = _console.Modes;
        using var port = ComPort.On();
        using var capture = ConsoleCapture.Start(new ConsoleCaptureOptions { VMId = Guid.NewGuid(), VMName = "web", PipePath = port.Path });
        await port.WaitForClient();

        var session = Task.Run(
            () =>
            {
                using var terminal = new WindowsTerminal();
                return ConsoleSession.Run(capture, terminal, new ConsoleSessionOptions { WhileAway = () => throw new InvalidOperationException() }, Canceled);
            },
            Canceled);
        port.TurnOff();

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.WaitAsync(TimeSpan.FromSeconds(60), Canceled));
        Assert.Equal(before, _console.Modes);
    }

    [Fact]
    public void ThereIsNoTerminalWhereOutputIsRedirected()
    {
        Assert.True(WindowsTerminal.IsAvailable);
        _console.Dispose();
        Assert.Equal(System.Console.IsInputRedirected || System.Console.IsOutputRedirected, !WindowsTerminal.IsAvailable);
    }

    public void Dispose() => _console.Dispose();

    [GeneratedRegex(@"\x1b\[\d+m")]
    private static partial Regex Sequence();

    private static void Show(WindowsTerminal terminal, ReadOnlySpan<byte> bytes) => terminal.Write(bytes.ToArray(), 0, bytes.Length, Canceled);

    private static string Read(WindowsTerminal terminal, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Canceled);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var bytes = new List<byte>();
        while (bytes.Count < count)
        {
            var buffer = new byte[count];
            bytes.AddRange(buffer.AsSpan(0, terminal.Read(buffer, limit.Token)));
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }
}
