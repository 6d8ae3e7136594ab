using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Commands;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What fails on a console has an error id of its own, and a remedy.</summary>
public sealed class ConsoleErrorTests : HostedTests
{
    public static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    [Theory]
    [InlineData(ConsolePipeFailure.NotFound, "ConsoleNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData(ConsolePipeFailure.AccessDenied, "ConsoleAccessDenied", ErrorCategory.PermissionDenied)]
    [InlineData(ConsolePipeFailure.InUse, "ConsoleInUse", ErrorCategory.ResourceBusy)]
    [InlineData(ConsolePipeFailure.HostUnreachable, "ConsoleHostUnreachable", ErrorCategory.ResourceUnavailable)]
    [InlineData(ConsolePipeFailure.Ended, "ConsoleFailed", ErrorCategory.ReadError)]
    [InlineData(ConsolePipeFailure.Other, "ConsoleFailed", ErrorCategory.ReadError)]
    public void OfThePipe(ConsolePipeFailure failure, string errorId, ErrorCategory category) =>
        AssertErrorOfWeb(ConsoleErrors.Translate(new ConsolePipeException(failure, @"\\.\pipe\web-com1"), "web"), errorId, category);

    [Theory]
    [InlineData(ConsoleShellFailure.NoShell, "GuestShellNotFound", ErrorCategory.ResourceUnavailable)]
    [InlineData(ConsoleShellFailure.LoginRequired, "GuestLoginRequired", ErrorCategory.PermissionDenied)]
    [InlineData(ConsoleShellFailure.LoginFailed, "GuestLoginFailed", ErrorCategory.PermissionDenied)]
    [InlineData(ConsoleShellFailure.GuestRestarted, "GuestRestarted", ErrorCategory.InvalidOperation)]
    [InlineData(ConsoleShellFailure.CaptureEnded, "ConsoleEnded", ErrorCategory.InvalidOperation)]
    [InlineData(ConsoleShellFailure.OutputDisturbed, "GuestOutputDisturbed", ErrorCategory.InvalidData)]
    [InlineData(ConsoleShellFailure.OutputTooLong, "GuestOutputTooLong", ErrorCategory.InvalidData)]
    [InlineData(ConsoleShellFailure.NoBase64, "GuestLacksBase64", ErrorCategory.NotImplemented)]
    public void OfTheShell(ConsoleShellFailure failure, string errorId, ErrorCategory category) =>
        AssertErrorOfWeb(ConsoleErrors.Translate(new ConsoleShellException(failure, "web"), "web"), errorId, category);

    [Fact]
    public void OfACOMPortWithoutAPipe() => Module.RunBadly(
        "ConsoleNotConfigured",
        ErrorCategory.InvalidOperation,
        "$null = New-LinuxKitVM ./web-efi.iso; Set-VMComPort web -Number 1 -Path ''; Start-LinuxKitVM -Name web");

    [Fact]
    public void OfACOMPortWhosePathIsNotThatOfAPipe()
    {
        // Set-VMComPort takes none; a VM that was imported may have one.
        var port = new PSObject();
        port.Properties.Add(new PSNoteProperty("Path", "COM1"));
        var machine = new PSObject();
        machine.Properties.Add(new PSNoteProperty("Name", "web"));
        machine.Properties.Add(new PSNoteProperty("Id", Guid.NewGuid()));
        machine.Properties.Add(new PSNoteProperty("Notes", new OwnershipMark { Image = "web-efi.iso" }.ToString()));
        machine.Properties.Add(new PSNoteProperty("ComPort1", port));

        var exception = Assert.Throws<LinuxKitException>(() => MachineConsole.Capture(LinuxKitMachine.From(machine)!, Guid.Empty));

        AssertError(exception, "ConsolePathInvalid", ErrorCategory.InvalidData);
        Assert.Contains("'COM1'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidCommand", ErrorCategory.InvalidArgument, "\"a`0b\"")]
    [InlineData("InputNotReadable", ErrorCategory.ReadError, "cat -InputObject ([IO.FileInfo]::new('nowhere'))")]
    [InlineData("InputNotReadable", ErrorCategory.ReadError, "cat -InputObject @{ a = 1 }")]
    [InlineData("InputNotReadable", ErrorCategory.ReadError, "cat -InputObject 'a', 1")]
    public void OfWhatNoShellTakes(string errorId, ErrorCategory category, string parameters) =>
        Module.RunBadly(errorId, category, $"$null = Start-LinuxKitVM ./web-efi.iso; Invoke-LinuxKitCommand web {parameters}");

    [Fact(Skip = "Refusing takes a socket.", SkipWhen = nameof(IsWindows))]
    public void OfAPipeInUseWhichNamesTheHolderAndLeavesNobodyInWaitForIt()
    {
        var machine = Module.RunWell("Start-LinuxKitVM ./web-efi.iso -NoCapture").Single();
        var pipe = ConsolePipePath.Parse(machine.Text("ConsolePipe"));
        var file = Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + pipe.Name);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));
        try
        {
            using var hold = ConsoleHold.TryPublish(pipe);
            var elapsed = Stopwatch.StartNew();
            var error = Module.RunBadly("ConsoleInUse", ErrorCategory.ResourceBusy, "Receive-LinuxKitConsole web");
            Assert.Contains($"Process {Environment.ProcessId} ", error.Exception.Message, StringComparison.Ordinal);
            Assert.Null(ConsoleCaptures.Find(".", machine.Id()));

            // A reset of the guest keeps its pipe busy for a moment.
            Assert.InRange(elapsed.Elapsed, TimeSpan.FromSeconds(3), TimeSpan.MaxValue);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void AssertErrorOfWeb(LinuxKitException exception, string errorId, ErrorCategory category)
    {
        AssertError(exception, errorId, category);
        Assert.Contains("'web'", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertError(LinuxKitException exception, string errorId, ErrorCategory category)
    {
        var record = exception.ToErrorRecord();
        Assert.Equal((errorId, category), (record.FullyQualifiedErrorId, record.CategoryInfo.Category));
        Assert.NotEmpty(record.ErrorDetails.RecommendedAction);
    }
}
