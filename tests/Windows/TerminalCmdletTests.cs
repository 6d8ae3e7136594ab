using System;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>Connect-LinuxKitConsole on a console: whatever ends it, the console is as it was.</summary>
[Collection(nameof(WindowsConsole))]
public sealed class TerminalCmdletTests : HostedTests
{
    private readonly WindowsConsole _console = new();
    private readonly (uint Input, uint Output) _modes;
    private readonly NamedPipeServerStream _port;
    private readonly string _name = "terminal-" + Guid.NewGuid().ToString("N")[..8];

    public TerminalCmdletTests()
    {
        _modes = _console.Modes;
        var machine = Module.RunWell("param($name) Start-LinuxKitVM ./web-efi.iso -Name $name", _name).Single();
        _port = SerialPipe.Serve(machine.Text("ConsolePipe")[@"\\.\pipe\".Length..]);
        _port.WaitForClient();
    }

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItIsLeftByItsEscapeKey()
    {
        using var script = Connect(out var session);
        _console.Type("ls\r");
        var heard = new byte[3];
        await _port.ReadExactlyAsync(heard, Canceled);
        Assert.Equal("ls\r", Encoding.ASCII.GetString(heard));

        _console.Type("\x1d");

        await End(session);
    }

    [Fact]
    public async Task ItIsStopped()
    {
        using var script = Connect(out var session);

        script.Stop();

        await End(session);
    }

    [Fact]
    public async Task ItEndsWithItsVM()
    {
        using var script = Connect(out var session);
        using (var elsewhere = Module.OpenRunspace())
        using (var stop = PowerShell.Create(elsewhere).AddScript("param($name) Stop-VM $name -TurnOff").AddArgument(_name))
        {
            stop.Invoke();
        }

        // Now Hyper-V is asked for the VM.
        _port.Dispose();

        await End(session);
    }

    public override void Dispose()
    {
        _port.Dispose();
        base.Dispose();
        _console.Dispose();
    }

    private PowerShell Connect(out Task session)
    {
        var script = Module.Script("param($name) Connect-LinuxKitConsole $name -ErrorAction Stop", _name);
        session = Task.Run(() => script.Invoke(), Canceled);
        Assert.True(SpinWait.SpinUntil(() => _console.Modes != _modes, TimeSpan.FromSeconds(60)));
        return script;
    }

    private async Task End(Task session)
    {
        await session.WaitAsync(TimeSpan.FromSeconds(60), Canceled);
        Assert.Equal(_modes, _console.Modes);
    }
}
