using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using System.Text;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What is done with a capture that has ended.</summary>
public sealed class EndedCaptureTests : HostedTests
{
    private readonly string _name = "ended-" + Guid.NewGuid().ToString("N")[..8];
    private readonly string _pipe;

    public EndedCaptureTests()
    {
        _pipe = Module.RunWell("param($name) Start-LinuxKitVM ./web-efi.iso -Name $name", _name).Single().Text("ConsolePipe")[@"\\.\pipe\".Length..];
        using var port = SerialPipe.Serve(_pipe);
        port.WaitForClient();
        Say(port, "service up\r\n");
        Run("$null = Wait-LinuxKitConsole $name 'service up'");
    }

    public static bool IsWindows => OperatingSystem.IsWindows();

    [Theory]
    [InlineData("Start-VM $name")]
    [InlineData("$null = Start-LinuxKitVM -Name $name -NoCapture")]
    public void WhatAnEarlierRunSaidIsNotWaitedFor(string start)
    {
        Run("Stop-LinuxKitVM $name -TurnOff; " + start);
        using var port = SerialPipe.Serve(_pipe);
        Module.RunBadly("ConsoleWaitTimeout", ErrorCategory.OperationTimeout, "param($name) Wait-LinuxKitConsole -Name $name 'service up' -TimeoutSec 1", _name);
        port.WaitForClient();
        Say(port, "again\r\n");
        Run("$null = Wait-LinuxKitConsole $name again");
        Assert.Equal(["again"], Run("Receive-LinuxKitConsole $name").Select(line => line.ToString()));
    }

    [Fact]
    public void OfAVMThatIsOffItsLastWordsAreThere()
    {
        Run("Stop-LinuxKitVM $name -TurnOff");
        Assert.Equal("service up", Run("Wait-LinuxKitConsole $name 'service up'").Single().Text("Value"));
        Assert.Equal(["service up"], Run("Receive-LinuxKitConsole $name -Follow").Select(line => line.ToString()));
    }

    [Fact]
    public void ARunningVMThatWasDisconnectedIsWaitedForAnew()
    {
        Run("Disconnect-LinuxKitConsole $name");
        using var port = SerialPipe.Serve(_pipe);
        Module.RunBadly("ConsoleWaitTimeout", ErrorCategory.OperationTimeout, "param($name) Wait-LinuxKitConsole -Name $name never -TimeoutSec 1", _name);
        port.WaitForClient();
        Assert.True(port.IsConnected);
    }

    [Fact(Skip = "Refusing takes a socket.", SkipWhen = nameof(IsWindows))]
    public void ANewCaptureThatComesToNothingLosesNoText()
    {
        Run("Disconnect-LinuxKitConsole $name");
        var file = Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + _pipe);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));
        try
        {
            Module.RunBadly("ConsoleInUse", ErrorCategory.ResourceBusy, "param($name) Send-LinuxKitConsole $name x", _name);
            Assert.Equal(["service up"], Run("Receive-LinuxKitConsole $name").Select(line => line.ToString()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact(Skip = "Refusing takes a socket.", SkipWhen = nameof(IsWindows))]
    public void AWaitSaysThatAnotherProgramHasTheConsole()
    {
        var file = Path.Combine(Path.GetTempPath(), "CoreFxPipe_" + _pipe);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(file));
        try
        {
            var error = Module.RunBadly("ConsoleWaitTimeout", ErrorCategory.OperationTimeout, "param($name) Wait-LinuxKitConsole -Name $name never -TimeoutSec 5", _name);
            Assert.Contains(" in use", error.Exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Say(NamedPipeServerStream port, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        port.Write(bytes, 0, bytes.Length);
    }

    private PSObject[] Run(string script) => [.. Module.RunWell("param($name) " + script, _name)];
}
