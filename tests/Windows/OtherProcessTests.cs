using System;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using LinuxKitHyperV.Tests.Console;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>What processes of one computer tell each other, also when one of them is killed.</summary>
public sealed class OtherProcessTests
{
    private readonly string _name = $"lkhv-test-{Guid.NewGuid():N}";

    [Fact]
    public void WhoCapturesAConsoleIsKnownUntilItIsKilled()
    {
        var path = ConsolePipePath.Parse(ComPort.PathOf(_name));
        using (var other = new OtherProcess("console", path.Text))
        {
            Assert.Equal(other.Id, ConsoleHold.Find(path)?.ProcessId);
            Assert.Null(ConsoleHold.TryPublish(path));
        }

        Assert.Null(ConsoleHold.Find(path));
        using var hold = ConsoleHold.TryPublish(path);
        Assert.NotNull(hold);
    }

    // A mutex' name may hold no backslash but the one of its namespace; a VM's may.
    [Theory]
    [InlineData("")]
    [InlineData(@"\a/b:*?<>| ü")]
    public void ANameIsLockedUntilWhoHoldsItIsKilled(string characters)
    {
        var name = _name + characters;
        using (new OtherProcess("name", name))
        {
            using var stopped = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            Assert.Throws<PipelineStoppedException>(() => MachineNameLock.Acquire(HyperVHost.Local, name.ToUpperInvariant(), new PatientWait(new SilentReport(), stopped.Token)));
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        MachineNameLock.Acquire(HyperVHost.Local, name, new PatientWait(new SilentReport(), limit.Token)).Dispose();
    }
}
