using System;
using System.Collections.Generic;
using System.ComponentModel;
using LinuxKitHyperV.Terminal;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class TerminalTests
{
    [Fact]
    public void ATerminalThatTakesNoControlSequencesIsToldAndNotAttached()
    {
        var warnings = new List<string>();
        Assert.Null(ProcessTerminal.TryOpenRaw(warnings.Add, () => throw new Win32Exception(87)));
        Assert.Contains("legacy console", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ATerminalThatCanBeAttachedIs()
    {
        using var terminal = new FakeTerminal();
        Assert.Same(terminal, ProcessTerminal.TryOpenRaw(_ => Assert.Fail("Nothing is to be told."), () => terminal));
    }

    [Theory]
    [InlineData(true, "pwsh", "", true)]
    [InlineData(true, "powershell", "", true)]
    [InlineData(true, "powershell_ise", "", false)]
    [InlineData(false, "pwsh", "", false)]
    [InlineData(false, "pwsh", "SSH_TTY", true)]
    [InlineData(false, "powershell", "SSH_CONNECTION", true)]
    [InlineData(true, "powershell_ise", "SSH_CONNECTION", false)]
    public void OnlyAConsoleThatSomebodySeesIsOne(bool isInteractive, string process, string variable, bool expected) =>
        Assert.Equal(expected, WindowsTerminal.IsSeen(isInteractive, process, name => name == variable ? "value" : null));
}
