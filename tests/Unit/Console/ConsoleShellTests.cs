using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleShellTests
{
    private const string Reason = "There is no POSIX shell on Windows.";
    private const string PlainShell = "/bin/sh";
    private const string ShellWithLineEditing = "/bin/bash --norc --noprofile";

    public static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Theory(Skip = Reason, SkipWhen = nameof(IsWindows))]
    [InlineData(PlainShell)]
    [InlineData(ShellWithLineEditing)]
    public void ACommandGivesItsOutputAndExitCode(string shell)
    {
        using var guest = new ShellGuest(shell);

        var result = Run(guest, "echo out; echo err >&2; exit 3");

        Assert.Equal(("out\nerr\n", 3, false), (result.Output, result.ExitCode, result.TimedOut));
        Assert.Equal(("", 0), (Run(guest, "true").Output, Run(guest, "true").ExitCode));
    }

    [Theory(Skip = Reason, SkipWhen = nameof(IsWindows))]
    [InlineData(PlainShell)]
    [InlineData(ShellWithLineEditing)]
    public void EveryByteOfTheOutputIsExact(string shell)
    {
        using var guest = new ShellGuest(shell);

        var result = Run(guest, "i=0; while [ $i -lt 256 ]; do printf \"\\\\$(printf %03o $i)\"; i=$((i+1)); done; printf 'no line end'");

        Assert.Equal([.. Enumerable.Range(0, 256).Select(i => (byte)i), .. "no line end"u8], result.OutputBytes);
    }

    [Theory(Skip = Reason, SkipWhen = nameof(IsWindows))]
    [InlineData(PlainShell)]
    [InlineData(ShellWithLineEditing)]
    public void AScriptKeepsItsLinesQuotesAndOddCharacters(string shell)
    {
        using var guest = new ShellGuest(shell);
        const string Script = """
            # a comment with 'quotes', "more" and !history
            f() {
            	printf '%s|' "$@"
            }
            f 'it''s' "50% \\n" '!!' '$HOME' '`x`' 'ünï' "tab	tab"
            cat <<'END'
            here $document
            END
            """;

        Assert.Equal("its|50% \\n|!!|$HOME|`x`|ünï|tab\ttab|here $document\n", Run(guest, Script).Output);
    }

    [Theory(Skip = Reason, SkipWhen = nameof(IsWindows))]
    [InlineData(PlainShell)]
    [InlineData(ShellWithLineEditing)]
    public void WhatOthersWriteToTheConsoleIsNoOutput(string shell)
    {
        using var guest = new ShellGuest(shell);

        Assert.Equal("normal\n", Run(guest, "printf 'svc: up ' >/dev/tty; echo normal").Output);
        Assert.Equal("", Run(guest, "echo root >/dev/tty; true").Output);
        var numbers = string.Concat(Enumerable.Range(1, 5000).Select(i => $"{i}\n"));
        Assert.Equal(numbers + numbers, Run(guest, "seq 1 5000; printf 'svc: up ' >/dev/tty; seq 1 5000").Output);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void WhatOthersWriteThatCannotBeToldFromTheOutputIsAnError()
    {
        using var guest = new ShellGuest(PlainShell);

        var exception = Assert.Throws<ConsoleShellException>(() => Run(guest, "echo '<QUFB>' >/dev/tty; echo normal"));

        Assert.Equal(ConsoleShellFailure.OutputDisturbed, exception.Reason);
        Assert.Equal("again\n", Run(guest, "echo again").Output);
    }

    [Theory(Skip = Reason, SkipWhen = nameof(IsWindows))]
    [InlineData(PlainShell)]
    [InlineData(ShellWithLineEditing)]
    public void AScriptMayHaveLineEndsOfWindowsAndBeginWithAHyphen(string shell)
    {
        using var guest = new ShellGuest(shell);

        Assert.Equal("a\nb\n", Run(guest, "set -e\r\nprintf 'a\r\nb\r\n'\r\n").Output);
        Assert.Matches(": not found|: command not found", Run(guest, "-v").Output);
        Assert.Equal(127, Run(guest, "-v").ExitCode);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void ALongScriptAndALongOutputComeWhole()
    {
        using var guest = new ShellGuest(ShellWithLineEditing);
        var comment = string.Concat(Enumerable.Repeat("# ü ' \" $ ` \\ %\n", 300));

        var result = Run(guest, comment + "head -c 1048576 /dev/zero | tr '\\0' x");

        Assert.Equal((1048576, 0), (result.OutputBytes.Count(b => b == 'x'), result.ExitCode));
        Assert.Equal(1048576, result.OutputBytes.Length);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void InputReachesTheCommandByteForByte()
    {
        using var guest = new ShellGuest(PlainShell);
        var input = new byte[3000];
        new Random(5).NextBytes(input);

        var result = ConsoleShell.Run(guest.Capture, new ConsoleCommand { Script = "cat; exit 4", Input = input }, Canceled);

        Assert.Equal(input, result.OutputBytes);
        Assert.Equal(4, result.ExitCode);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void WithoutBase64TheOutputIsExactTooAndInputIsAnError()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["od"], "/usr/bin/od");
        File.CreateSymbolicLink(folder["sed"], "/usr/bin/sed");
        using var guest = new ShellGuest($"env PATH={Path.GetDirectoryName(folder["od"])} /bin/sh");

        Assert.Equal("a\0b\n", Run(guest, "printf 'a\\000b\\n'").Output);
        var exception = Assert.Throws<ConsoleShellException>(() => ConsoleShell.Run(
            guest.Capture, new ConsoleCommand { Script = "echo must not run", Input = [1] }, Canceled));
        Assert.Equal(ConsoleShellFailure.NoBase64, exception.Reason);
    }

    [Theory(Skip = Reason, SkipWhen = nameof(IsWindows))]
    [InlineData(PlainShell)]
    [InlineData(ShellWithLineEditing)]
    public void ACommandThatTakesTooLongIsInterruptedAndTheShellGoesOn(string shell)
    {
        using var guest = new ShellGuest(shell);
        var command = new ConsoleCommand { Script = "echo started; sleep 1000", Timeout = TimeSpan.FromSeconds(1) };

        var result = ConsoleShell.Run(guest.Capture, command, Canceled);

        Assert.Equal((true, null, true), (result.TimedOut, result.ExitCode, result.IsShellUsable));
        Assert.Equal("again\n", Run(guest, "echo again").Output);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void ACommandThatIgnoresTheInterruptionIsEndedByAnother()
    {
        using var guest = new ShellGuest(PlainShell);
        var command = new ConsoleCommand
        {
            Script = "trap '' INT; sh -c 'trap \"\" INT; while :; do sleep 1; done'",
            Timeout = TimeSpan.FromMilliseconds(500),
        };

        Assert.True(ConsoleShell.Run(guest.Capture, command, Canceled).IsShellUsable);
        Assert.Equal("again\n", Run(guest, "echo again").Output);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public async Task CancellationInterruptsTheCommand()
    {
        using var guest = new ShellGuest(PlainShell);
        using var cancel = new CancellationTokenSource();
        var running = Task.Run(
            () => ConsoleShell.Run(guest.Capture, new ConsoleCommand { Script = "sleep 1000" }, cancel.Token), Canceled);
        Assert.True(SpinWait.SpinUntil(() => Shown(guest).Contains(":run;", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));

        cancel.Cancel();

        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.Equal("again\n", Run(guest, "echo again").Output);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public async Task KernelMessagesAreNoOutput()
    {
        using var guest = new ShellGuest(PlainShell);
        var running = Task.Run(() => Run(guest, "for i in 1 2 3 4 5 6 7 8 9; do echo line $i; sleep 0.1; done"), Canceled);
        for (var i = 0; i < 20; i++)
        {
            guest.Interject($"[   {i}.123456] usb 1-1: new device\r\n");
            await Task.Delay(40, Canceled);
        }

        Assert.Equal(string.Concat(Enumerable.Range(1, 9).Select(i => $"line {i}\n")), (await running).Output);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void ACommandThatShowsWhatWasTypedFoolsNobody()
    {
        using var guest = new ShellGuest(ShellWithLineEditing);
        Run(guest, "true");

        var result = Run(guest, "set -x; history; printf '%s' 'run;exit=7;'; cat /proc/$$/cmdline | tr '\\0' ' '");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("exit=7;", result.Output, StringComparison.Ordinal);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public async Task TwoCallersTakeTurns()
    {
        using var guest = new ShellGuest(PlainShell);
        var results = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Task.Run(
            () => Run(guest, $"echo begin {i}; sleep 0.1; echo end {i}"), Canceled)));

        Assert.Equal(
            Enumerable.Range(1, 4).Select(i => $"begin {i}\nend {i}\n"),
            results.Select(result => result.Output));
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void WhatStandsOnTheLineIsWipedAway()
    {
        using var guest = new ShellGuest(ShellWithLineEditing);
        guest.Capture.Send("rm -rf half a command"u8.ToArray(), 0, 21, Canceled);

        Assert.Equal("ok\n", Run(guest, "echo ok").Output);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void ALoginIsMadeWhereItIsAskedFor()
    {
        using var guest = new ShellGuest(Login("root", "secret"));
        WaitFor(guest, "login: ");
        var command = new ConsoleCommand { Script = "echo in", Credential = new NetworkCredential("root", "secret") };

        Assert.Equal("in\n", ConsoleShell.Run(guest.Capture, command, Canceled).Output);
        Assert.DoesNotContain("secret", Shown(guest), StringComparison.Ordinal);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void ALoginThatIsAskedForAndNotGivenIsAnError()
    {
        using var guest = new ShellGuest(Login("root", "secret"));
        WaitFor(guest, "login: ");

        var exception = Assert.Throws<ConsoleShellException>(() => Run(guest, "echo in"));

        Assert.Equal(ConsoleShellFailure.LoginRequired, exception.Reason);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void ALoginThatSomebodyElseHasBegunIsNotTypedInto()
    {
        using var guest = new ShellGuest("printf 'Password: '; cat");
        WaitFor(guest, "Password: ");
        var command = new ConsoleCommand { Script = "echo in", Credential = new NetworkCredential("root", "secret") };

        var exception = Assert.Throws<ConsoleShellException>(() => ConsoleShell.Run(guest.Capture, command, Canceled));

        Assert.Equal(ConsoleShellFailure.LoginRequired, exception.Reason);
        Assert.EndsWith("Password: ", Shown(guest), StringComparison.Ordinal);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void ALoginThatIsRefusedIsAnError()
    {
        using var guest = new ShellGuest(Login("root", "secret"));
        WaitFor(guest, "login: ");
        var command = new ConsoleCommand { Script = "echo in", Credential = new NetworkCredential("root", "wrong") };

        var exception = Assert.Throws<ConsoleShellException>(() => ConsoleShell.Run(guest.Capture, command, Canceled));

        Assert.Equal(ConsoleShellFailure.LoginFailed, exception.Reason);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public void AConsoleWithoutAShellIsAnErrorThatShowsWhatTheGuestSaid()
    {
        using var guest = new ShellGuest("echo busy; sleep 1000");
        WaitFor(guest, "busy");

        var exception = Assert.Throws<ConsoleShellException>(() => ConsoleShell.Run(
            guest.Capture, new ConsoleCommand { Script = "true", ShellTimeout = TimeSpan.FromSeconds(1) }, Canceled));

        Assert.Equal(ConsoleShellFailure.NoShell, exception.Reason);
        Assert.EndsWith("The console shows: busy", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Skip = Reason, SkipWhen = nameof(IsWindows))]
    public async Task TheEndOfTheCaptureEndsIt()
    {
        using var guest = new ShellGuest(PlainShell);
        var running = Task.Run(() => Run(guest, "sleep 1000"), Canceled);
        Assert.True(SpinWait.SpinUntil(() => Shown(guest).Contains(":run;", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));

        guest.Capture.End(ConsoleEndReason.VMStopped);

        var exception = await Assert.ThrowsAsync<ConsoleShellException>(() => running);
        Assert.Equal(ConsoleShellFailure.CaptureEnded, exception.Reason);
    }

    private static ConsoleCommandResult Run(ShellGuest guest, string script) =>
        ConsoleShell.Run(guest.Capture, new ConsoleCommand { Script = script }, Canceled);

    private static string Login(string user, string password) =>
        "sh -c 'while :; do printf \"web login: \"; read -r u; stty -echo; printf \"Password: \"; read -r p; stty echo; echo; "
        + $"if [ \"$u\" = {user} ] && [ \"$p\" = {password} ]; then exec sh; fi; echo Login incorrect; done'";

    private static void WaitFor(ShellGuest guest, string text) =>
        Assert.True(SpinWait.SpinUntil(() => Shown(guest).Contains(text, StringComparison.Ordinal), TimeSpan.FromSeconds(20)));

    private static string Shown(ShellGuest guest)
    {
        var shown = new StringBuilder();
        var reader = guest.Capture.ReadFromStart();
        var bytes = new byte[4096];
        while (reader.Read(bytes) is { Count: > 0 } block)
        {
            shown.Append(Encoding.UTF8.GetString(bytes, 0, block.Count));
        }

        return shown.ToString();
    }
}
