using System;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Text;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Waits for the consoles of two VMs, of which the first does not say what is waited for before the test has it say so.</summary>
public sealed class WaitLinuxKitConsoleTests : HostedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _name = "wait-" + Guid.NewGuid().ToString("N")[..8];
    private readonly NamedPipeServerStream _first;
    private readonly NamedPipeServerStream _second;

    public WaitLinuxKitConsoleTests()
    {
        Module.RunWell("param($name) $null = Start-LinuxKitVM ./web-efi.iso -Name \"$name-1\", \"$name-2\"", _name);
        _first = Serve("-1");
        _second = Serve("-2");
    }

    [Theory]
    [InlineData("Wait-LinuxKitConsole \"$name-1\", \"$name-2\" 'ready: \\w+' -TimeoutSec 600")]
    [InlineData("Get-LinuxKitVM \"$name-1\", \"$name-2\" | Wait-LinuxKitConsole -Pattern 'ready: \\w+' -FromNow -TimeoutSec 600")]
    public void EmitsEachMatchWhenItIsThere(string script)
    {
        using var wait = new Wait(Module, script, _name);

        // Again and again: what is said before a wait from now begins counts for nothing.
        Await(() => wait.Output.Count > 0, () => Say(_second, "ready: two\r\n"));
        Assert.Equal("ready: two", Assert.Single(wait.Output).ToString());

        Say(_first, "ready: one\r\n");
        Await(() => wait.IsOver);
        Assert.Equal(["ready: two", "ready: one"], wait.Output.Select(match => match.ToString()));
        Assert.Empty(wait.Errors);
    }

    [Fact]
    public void TellsOfAPanicWhileItWaitsForAnother()
    {
        using var wait = new Wait(Module, "Wait-LinuxKitConsole \"$name-1\", \"$name-2\" ready -TimeoutSec 600", _name);
        Say(_second, "Kernel panic - not syncing: VFS\r\n");
        Await(() => wait.Errors.Count > 0);
        Assert.Equal(("GuestKernelPanic", _name + "-2"), Single(wait));
        Assert.False(wait.IsOver);

        Say(_first, "ready\r\n");
        Await(() => wait.IsOver);
        Assert.Equal("ready", Assert.Single(wait.Output).ToString());
    }

    [Fact]
    public void TellsOfAStopWhileItWaitsForAnother()
    {
        using var wait = new Wait(Module, "Wait-LinuxKitConsole \"$name-1\", \"$name-2\" ready -TimeoutSec 600", _name);
        using (var other = Module.OpenRunspace())
        using (var stop = PowerShell.Create(other).AddScript("param($name) Stop-VM \"$name-2\" -TurnOff").AddArgument(_name))
        {
            stop.Invoke();
        }

        _second.Dispose();
        Await(() => wait.Errors.Count > 0);
        Assert.Equal(("ConsoleEnded", _name + "-2"), Single(wait));
        Assert.False(wait.IsOver);
    }

    [Fact]
    public void TellsOfSilenceWhileAnotherTalks()
    {
        using var wait = new Wait(Module, "Wait-LinuxKitConsole \"$name-1\", \"$name-2\" ready -SilenceSec 1 -TimeoutSec 600", _name);
        Await(() => wait.Errors.Any(error => _name + "-2" == (string)error.TargetObject), () => Say(_first, "talk\r\n"));
        Assert.Empty(wait.Output);
    }

    [Fact]
    public void WaitsOnceForAMachineThatIsNamedTwice()
    {
        Say(_first, "ready\r\n");
        Assert.Single(Module.RunWell("param($name) Wait-LinuxKitConsole \"$name-1\", \"$name-1\" ready", _name));
    }

    [Fact]
    public void StopsAtOnce()
    {
        using var wait = new Wait(Module, "Wait-LinuxKitConsole \"$name-1\", \"$name-2\" ready -TimeoutSec 3600", _name);
        Say(_second, "Kernel panic - not syncing: VFS\r\n");
        Await(() => wait.Errors.Count > 0);

        wait.Stop();

        Await(() => wait.IsOver);
        Assert.Equal(PSInvocationState.Stopped, wait.State);
    }

    public override void Dispose()
    {
        base.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private static (string ErrorId, object Name) Single(Wait wait) =>
        Assert.Single(wait.Errors) is var error ? (error.FullyQualifiedErrorId.Split(',')[0], error.TargetObject) : default;

    private static void Await(Func<bool> condition, Action? meanwhile = null)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come.");
            meanwhile?.Invoke();
            TestContext.Current.CancellationToken.WaitHandle.WaitOne(Pause);
        }
    }

    private static void Say(NamedPipeServerStream port, string text) => port.Write(Encoding.UTF8.GetBytes(text));

    private NamedPipeServerStream Serve(string suffix)
    {
        var machine = Module.RunWell("param($name) Get-LinuxKitVM $name", _name + suffix).Single();
        var port = SerialPipe.Serve(machine.Text("ConsolePipe")[@"\\.\pipe\".Length..]);
        port.WaitForClient();
        return port;
    }

    /// <summary>A script that waits while the test goes on.</summary>
    private sealed class Wait : IDisposable
    {
        private readonly PowerShell _shell;
        private readonly IAsyncResult _running;

        public Wait(HostedModule module, string script, string name)
        {
            _shell = module.Script("param($name) " + script, name);
            _shell.Streams.Error.EnumeratorNeverBlocks = true;
            _running = _shell.BeginInvoke<PSObject, PSObject>(null, Output);
        }

        public PSDataCollection<PSObject> Output { get; } = new() { EnumeratorNeverBlocks = true };

        public PSDataCollection<ErrorRecord> Errors => _shell.Streams.Error;

        public bool IsOver => _running.IsCompleted;

        public PSInvocationState State => _shell.InvocationStateInfo.State;

        public void Stop() => _shell.Stop();

        public void Dispose()
        {
            _shell.Stop();
            _shell.Dispose();
            Output.Dispose();
        }
    }
}
