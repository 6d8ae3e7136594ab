using System;
using System.IO.Pipes;
using System.Linq;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>A VM from start to end, on a COM port that is a named pipe of Windows.</summary>
public sealed class GuestTests : HostedTests
{
    private readonly string _name = "guest-" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public void AConsoleIsReadOverAReset()
    {
        using var port = Start();
        port.Write("first boot\r\n"u8);
        Module.RunWell("param($name) Wait-LinuxKitConsole $name 'first boot'", _name);

        // The capture's read fails with 233, and it comes back.
        port.Disconnect();
        port.WaitForClient();
        port.Write("second boot\r\n"u8);
        Module.RunWell("param($name) Wait-LinuxKitConsole $name 'second boot'", _name);

        Assert.Equal(
            [("first boot", 1), ("second boot", 2)],
            Module.RunWell("param($name) Receive-LinuxKitConsole $name", _name)
                .Select(line => (ConsoleLine)line.BaseObject)
                .Select(line => (line.Text, line.BootNumber)));
    }

    [Fact]
    public async Task ACommandRunsInTheGuest()
    {
        using var port = Start();
        var shell = new ScriptedShell(port, "hello from the guest\n", exitCode: 3);
        var serving = shell.Serve();

        var result = (ConsoleCommandResult)Module.RunWell("param($name) Invoke-LinuxKitCommand $name 'greet' -WarningAction SilentlyContinue", _name).Single().BaseObject;

        Assert.Equal((3, "greet", "hello from the guest\n"), (result.ExitCode, shell.Script, result.Output));
        port.Disconnect();
        await serving;
    }

    [Fact]
    public void ItIsConnectedToStoppedAndRemoved()
    {
        using var port = Start();
        port.Write("hello\r\n"u8);

        Assert.Equal("hello", Module.RunWell("param($name) Connect-LinuxKitConsole $name -TimeoutSec 1", _name).Single().ToString());
        Module.RunWell("param($name) Wait-LinuxKitVM $name -For State -State Running; Stop-LinuxKitVM $name; Remove-LinuxKitVM $name -Force", _name);

        Assert.Equal(0, port.Read(new byte[1]));
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    private NamedPipeServerStream Start()
    {
        var machine = Module.RunWell("param($name) Start-LinuxKitVM ./web-efi.iso -Name $name", _name).Single();
        var port = SerialPipe.Serve(machine.Text("ConsolePipe")[@"\\.\pipe\".Length..]);
        port.WaitForClient();
        return port;
    }
}
