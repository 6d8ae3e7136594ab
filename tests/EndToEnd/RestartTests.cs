using System.Linq;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A guest that restarts, as the cmdlets for its console see it.</summary>
public sealed class RestartTests(BootedGuest guest) : IClassFixture<BootedGuest>
{
    private readonly HostedModule _module = guest.Module;

    [Fact]
    public void AWaitGoesOnOverARestart()
    {
        var match = Single<ConsoleMatch>(
            "Send-LinuxKitConsole linuxkit reboot; Wait-LinuxKitConsole linuxkit 'linuxkit: (?<state>ready)' -FromNow -TimeoutSec 300");
        Assert.Equal(2, match.BootNumber);

        // The shell of the new boot is found, and nothing of the old one is taken for its answer.
        Assert.Equal("2\n", Single<ConsoleCommandResult>("Invoke-LinuxKitCommand linuxkit 'echo $((1 + 1))'").Output);
        Assert.Equal([1, 2], _module.RunWell("Receive-LinuxKitConsole linuxkit").Select(line => ((ConsoleLine)line.BaseObject).BootNumber).Distinct());
    }

    private T Single<T>(string script) => (T)_module.RunWell(script).Single().BaseObject;
}
