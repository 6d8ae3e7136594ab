using System;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Console;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>The cmdlets of the console, on a VM whose COM port is a pipe that the test serves.</summary>
public sealed class ConsoleCmdletTests : HostedTests
{
    private readonly NamedPipeServerStream _port;

    public ConsoleCmdletTests()
    {
        var name = "console-" + Guid.NewGuid().ToString("N")[..8];
        var machine = Module.RunWell("param($name) Start-LinuxKitVM ./web-efi.iso -Name $name", name).Single();
        Name = name;

        // Only now: a pipe that is there already would not be the VM's.
        _port = SerialPipe.Serve(machine.Text("ConsolePipe")[@"\\.\pipe\".Length..]);
        _port.WaitForClient();
    }

    public static bool IsWindows => OperatingSystem.IsWindows();

    private string Name { get; }

    [Fact]
    public void ReceiveGivesLinesWithoutWhatMovesACursor()
    {
        Say("\x1b[31mred\x1b[0m\r\nover\rwritten\r\nlinuxkit:~# ");
        Module.RunWell("param($name) Wait-LinuxKitConsole $name 'linuxkit:~#'", Name);
        var lines = Module.RunWell("param($name) Receive-LinuxKitConsole $name", Name).Select(line => (ConsoleLine)line.BaseObject).ToList();

        Assert.Equal(["red", "written", "linuxkit:~# "], lines.Select(line => line.Text));
        Assert.Equal([true, true, false], lines.Select(line => line.IsComplete));
        Assert.All(lines, line => Assert.Equal((Name, 1), (line.VMName, line.BootNumber)));
        Assert.Equal(["linuxkit:~# "], Module.RunWell("param($name) Receive-LinuxKitConsole $name -Tail 1", Name).Select(line => line.ToString()));
    }

    [Fact]
    public void ReceiveFollowsUntilItsTimeIsOver()
    {
        Say("before\r\n");
        Module.RunWell("param($name) Wait-LinuxKitConsole $name before", Name);
        Assert.Equal(["before"], Module.RunWell("param($name) Receive-LinuxKitConsole $name -Follow -TimeoutSec 1", Name).Select(line => line.ToString()));
        Module.RunBadly("ParametersDoNotGoTogether", ErrorCategory.InvalidArgument, "param($name) Receive-LinuxKitConsole $name -TimeoutSec 1", Name);
    }

    [Theory]
    [InlineData("-Raw | ForEach-Object { $goOn.Invoke(); [Text.Encoding]::ASCII.GetString($_) }", "one\r\ntwo")]
    [InlineData("| ForEach-Object { $goOn.Invoke(); $_.Text }", "onetwo")]
    public void AGuestThatGoesOnDoesNotKeepReceive(string receive, string expected)
    {
        Say("one\r\ntwo");
        Module.RunWell("param($name) Wait-LinuxKitConsole $name two", Name);
        var buffer = Capture().Buffer;
        var count = 0;
        Action goOn = () =>
        {
            if (count++ < 10)
            {
                var end = buffer.End;
                Say("more\r\n");
                Assert.True(buffer.Wait(end, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            }
        };

        var received = string.Concat(Module.RunWell($"param($name, $goOn) Receive-LinuxKitConsole $name {receive}", Name, goOn));

        Assert.Equal(expected, received);
    }

    [Fact]
    public void ReceiveGivesBytesAsTheyCame()
    {
        Say("\x1b[31mred\r\nend");
        Module.RunWell("param($name) Wait-LinuxKitConsole $name end", Name);
        var bytes = Module.RunWell("param($name) Receive-LinuxKitConsole $name -Raw", Name).SelectMany(chunk => (byte[])chunk.BaseObject).ToArray();
        Assert.Equal("\x1b[31mred\r\nend", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void ReceiveTellsHowMuchWasDropped()
    {
        const int bytes = 18 << 20;
        Say(string.Concat(Enumerable.Repeat(new string('x', 1023) + "\n", bytes >> 10)));
        Await(() => Capture().Buffer.End == bytes);
        Module.RunWell("param($name) $null = Receive-LinuxKitConsole $name", Name);
        Assert.Contains($"The oldest {Capture().Buffer.Start} bytes", Assert.Single(Module.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void WaitTellsWhichPatternMatched()
    {
        Say("booting\r\nnode 17 is up\r\n");
        var match = (ConsoleMatch)Module.RunWell("param($name) Wait-LinuxKitConsole $name nothing, 'node (\\d+) is up'", Name).Single().BaseObject;
        Assert.Equal(("node 17 is up", "17"), (match.Value, match.Match.Groups[1].Value));
    }

    [Theory]
    [InlineData("GuestKernelPanic", ErrorCategory.InvalidOperation, "Kernel panic - not syncing: VFS\r\n", "-TimeoutSec 60")]
    [InlineData("ConsoleWaitTimeout", ErrorCategory.OperationTimeout, "something else\r\n", "-TimeoutSec 1")]
    [InlineData("ConsoleSilent", ErrorCategory.OperationTimeout, "something else\r\n", "-TimeoutSec 60 -SilenceSec 1")]
    [InlineData("InvalidPattern", ErrorCategory.InvalidArgument, "", "-Pattern '('")]
    [InlineData("PatternTooSlow", ErrorCategory.OperationTimeout, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX!?\r\n", "-Pattern '(a+)+!' -TimeoutSec 1")]
    public void WaitEndsEarly(string errorId, ErrorCategory category, string said, string parameters)
    {
        Say(said);
        var pattern = parameters.StartsWith("-Pattern", StringComparison.Ordinal) ? string.Empty : "never";
        var error = Module.RunBadly(errorId, category, $"param($name) Wait-LinuxKitConsole -Name $name {pattern} {parameters}", Name);
        Assert.Contains(said.TrimEnd(), error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConsoleWaitTimeout", "-TimeoutSec 1")]
    [InlineData("ConsoleSilent", "-TimeoutSec 60 -SilenceSec 1")]
    public void WaitFromNowTellsWhatWasSaidBefore(string errorId, string parameters)
    {
        Say("one\r\nlogin: ");
        Module.RunWell("param($name) Wait-LinuxKitConsole $name 'login: '", Name);
        var error = Module.RunBadly(errorId, ErrorCategory.OperationTimeout, $"param($name) Wait-LinuxKitConsole -Name $name never -FromNow {parameters}", Name);
        Assert.EndsWith("It said last:\n  one\n  login: ", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WaitTellsThatNothingWasSaid() => Assert.EndsWith(
        "It has said nothing.",
        Module.RunBadly("ConsoleWaitTimeout", ErrorCategory.OperationTimeout, "param($name) Wait-LinuxKitConsole -Name $name never -TimeoutSec 1", Name).Exception.Message,
        StringComparison.Ordinal);

    [Fact]
    public void SendTypes()
    {
        Module.RunWell("param($name) Send-LinuxKitConsole $name 'ls', \"one`ntwo\" -Key CtrlC", Name);
        Assert.Equal("ls\rone\rtwo\r\x03", Hear(12));
        Module.RunWell("param($name) Send-LinuxKitConsole $name x -NoNewline", Name);
        Assert.Equal("x", Hear(1));
        Module.RunBadly("NothingToSend", ErrorCategory.InvalidArgument, "param($name) Send-LinuxKitConsole $name", Name);
    }

    [Fact(Skip = "There is no POSIX shell on Windows.", SkipWhen = nameof(IsWindows))]
    public void ACommandThatNeverStopsTalkingIsInterrupted()
    {
        using var shell = new PipedShell("/bin/sh", _port);
        var error = Module.RunBadly("GuestOutputTooLong", ErrorCategory.InvalidData, "param($name) Invoke-LinuxKitCommand $name yes", Name);

        Assert.Contains("64 MiB", error.Exception.Message, StringComparison.Ordinal);
        var result = (ConsoleCommandResult)Module.RunWell("param($name) Invoke-LinuxKitCommand $name 'echo again'", Name).Single().BaseObject;
        Assert.Equal((0, "again\n"), (result.ExitCode, result.Output));
    }

    [Theory(Skip = "There is no POSIX shell on Windows.", SkipWhen = nameof(IsWindows))]
    [InlineData("'one'", "one")]
    [InlineData("'ünï'", "ünï")]
    [InlineData("@('ünï')", "ünï\n")]
    [InlineData("@('one', 'two')", "one\ntwo\n")]
    [InlineData("('one', 'two' | ForEach-Object { [psobject]$_ })", "one\ntwo\n")]
    [InlineData("@()", "")]
    [InlineData("\"one`r`ntwo\"", "one\r\ntwo")]
    [InlineData("([byte[]](65, 13, 10))", "A\r\n")]
    public void TextLinesAndBytesAreInput(string input, string expected)
    {
        using var shell = new PipedShell("/bin/sh", _port);
        var result = (ConsoleCommandResult)Module.RunWell($"param($name) Invoke-LinuxKitCommand $name cat -InputObject {input}", Name).Single().BaseObject;

        Assert.Equal((0, expected), (result.ExitCode, result.Output));
    }

    [Fact]
    public void ConnectCopiesTheConsoleWhereThereIsNoTerminal()
    {
        Say("hello\r\n");
        Module.RunWell("param($name) Wait-LinuxKitConsole $name hello", Name);
        Assert.Equal(["hello"], Module.RunWell("param($name) Connect-LinuxKitConsole $name -TimeoutSec 1", Name).Select(line => line.ToString()));
    }

    [Fact]
    public void DisconnectFreesThePipeAndKeepsWhatWasSaid()
    {
        Say("hello\r\n");
        Module.RunWell("param($name) $null = Wait-LinuxKitConsole $name hello; Disconnect-LinuxKitConsole $name", Name);

        // The end of the stream is what the COM port sees of it.
        Assert.Equal(0, _port.Read(new byte[1], 0, 1));
        Assert.Equal(["hello"], Module.RunWell("param($name) Receive-LinuxKitConsole $name", Name).Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("Get-LinuxKitVM")]
    [InlineData("Get-LinuxKitVM $name")]
    [InlineData("Receive-LinuxKitConsole $name")]
    public void ACaptureEndsWhenACmdletSeesTheVMOff(string script)
    {
        Say("last words\r\n");
        Module.RunWell("param($name) $null = Wait-LinuxKitConsole $name 'last words'; Stop-VM $name -TurnOff", Name);
        var capture = Capture();
        _port.Dispose();
        Await(() => capture.State == ConsoleCaptureState.Connecting);
        Assert.Null(capture.EndReason);

        Module.RunWell("param($name) " + script, Name);
        Assert.Equal(ConsoleEndReason.VMStopped, capture.EndReason);
        Assert.Equal(["last words"], Module.RunWell("param($name) Receive-LinuxKitConsole $name", Name).Select(line => line.ToString()));
    }

    [Fact]
    public void ACaptureOfAVMThatIsAboutToStartLivesOn()
    {
        var other = Module.RunWell("param($name) Start-LinuxKitVM ./web-efi.iso -Name \"$name-2\"; Stop-VM \"$name-2\" -TurnOff; Get-LinuxKitVM", Name)[0];
        Assert.Null(ConsoleCaptures.Find(".", other.Id())!.EndReason);
    }

    [Fact]
    public void RemovingAVMClosesItsCaptureFirst()
    {
        HostedModule.Fail("Remove-VM:1=OperationFailed");
        Module.RunBadly("VMRemovalFailed", ErrorCategory.InvalidOperation, "param($name) Remove-LinuxKitVM $name -Force", Name);
        Assert.Equal(0, _port.Read(new byte[1], 0, 1));
    }

    [Fact]
    public void RemovingTheModuleClosesItsCaptures()
    {
        Module.RunWell("Remove-Module (Get-Command Receive-LinuxKitConsole).Module");
        Assert.Equal(0, _port.Read(new byte[1], 0, 1));
    }

    [Fact]
    public void NoCaptureLeavesThePipeFree()
    {
        var machine = Module.RunWell("param($name) Start-LinuxKitVM ./web-efi.iso -Name \"$name-2\" -NoCapture", Name).Single();
        Assert.Null(ConsoleCaptures.Find(".", machine.Id()));
    }

    [Fact]
    public void SetSizeWithoutATerminalIsAnError() =>
        Module.RunBadly("TerminalNotFound", ErrorCategory.InvalidOperation, "param($name) Connect-LinuxKitConsole $name -SetSize", Name);

    [Theory]
    [InlineData("Send-LinuxKitConsole $name x -WhatIf")]
    [InlineData("Disconnect-LinuxKitConsole $name -WhatIf")]
    [InlineData("Invoke-LinuxKitCommand $name 'reboot' -WhatIf")]
    public void WhatIfTypesNothing(string script)
    {
        Module.RunWell("param($name) " + script, Name);
        Module.RunWell("param($name) Send-LinuxKitConsole $name . -NoNewline", Name);
        Assert.Equal(".", Hear(1));
    }

    public override void Dispose()
    {
        base.Dispose();
        _port.Dispose();
    }

    private ConsoleCapture Capture() => ConsoleCaptures.All.Single(capture => capture.Options.VMName == Name);

    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)));

    private void Say(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _port.Write(bytes, 0, bytes.Length);
    }

    private string Hear(int count)
    {
        var bytes = new byte[count];
        _port.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
