using System;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>
/// What keys send, as Thomas E. Dickey's "XTerm Control Sequences" (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html) has it in
/// "PC-Style Function Keys", for normal cursor keys; and the control characters of ASCII.
/// </summary>
public sealed class KeySequenceTests
{
    [Theory]
    [InlineData("Up", "1b 5b 41")]
    [InlineData("Down", "1b 5b 42")]
    [InlineData("Right", "1b 5b 43")]
    [InlineData("Left", "1b 5b 44")]
    [InlineData("Home", "1b 5b 48")]
    [InlineData("End", "1b 5b 46")]
    [InlineData("Insert", "1b 5b 32 7e")]
    [InlineData("Delete", "1b 5b 33 7e")]
    [InlineData("PageUp", "1b 5b 35 7e")]
    [InlineData("PageDown", "1b 5b 36 7e")]
    [InlineData("F1", "1b 4f 50")]
    [InlineData("F2", "1b 4f 51")]
    [InlineData("F3", "1b 4f 52")]
    [InlineData("F4", "1b 4f 53")]
    [InlineData("F5", "1b 5b 31 35 7e")]
    [InlineData("F6", "1b 5b 31 37 7e")]
    [InlineData("F7", "1b 5b 31 38 7e")]
    [InlineData("F8", "1b 5b 31 39 7e")]
    [InlineData("F9", "1b 5b 32 30 7e")]
    [InlineData("F10", "1b 5b 32 31 7e")]
    [InlineData("F11", "1b 5b 32 33 7e")]
    [InlineData("F12", "1b 5b 32 34 7e")]
    [InlineData("Enter", "0d")]
    [InlineData("Tab", "09")]
    [InlineData("Escape", "1b")]
    [InlineData("Backspace", "7f")]
    [InlineData("CtrlC", "03")]
    [InlineData("CtrlD", "04")]
    [InlineData("CtrlU", "15")]
    [InlineData("CtrlZ", "1a")]
    [InlineData("CtrlBackslash", "1c")]
    public void AKeySendsWhatXtermSends(string key, string bytes) => Assert.Equal(
        bytes,
        string.Join(' ', Encoding.UTF8.GetBytes(KeySequence.Of(Enum.Parse<LinuxKitConsoleKey>(key))).Select(value => $"{value:x2}")));

    [Fact]
    public void EveryKeyIsInTheTable() => Assert.Equal(
        Enum.GetNames<LinuxKitConsoleKey>().Order(StringComparer.Ordinal),
        typeof(KeySequenceTests).GetMethod(nameof(AKeySendsWhatXtermSends))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Cast<InlineDataAttribute>().Select(row => (string)row.Data[0]!).Order(StringComparer.Ordinal));
}
