using System;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>Where a VM's console is looked for.</summary>
public sealed class MachineConsoleTests
{
    /// <summary>Hyper-V's live objects have both: the name of their host, and the session by which they came.</summary>
    [Theory]
    [InlineData("server2", true, @"\\server2\pipe\web-com1")]
    [InlineData("server2", false, @"\\server2\pipe\web-com1")]
    [InlineData("localhost", true, @"\\.\pipe\web-com1")]
    public void TheConsoleIsAPipeOfTheVMsHost(string host, bool hasSession, string expected)
    {
        var machine = LinuxKitMachine.From(Machine(host, hasSession))!;
        try
        {
            Assert.Equal(expected, MachineConsole.Capture(machine, Guid.NewGuid()).Options.PipePath);
            Assert.NotNull(MachineConsole.Find(machine));
        }
        finally
        {
            MachineConsole.Forget(machine, ConsoleEndReason.VMRemoved);
        }

        Assert.Null(MachineConsole.FindAny(machine));
    }

    /// <summary>A VM knows no more than the NetBIOS name of its host, by which no pipe may be found.</summary>
    [Theory]
    [InlineData("server2.example.org", null, @"\\server2.example.org\pipe\web-com1")]
    [InlineData("10.0.0.2", "server2", @"\\10.0.0.2\pipe\web-com1")]
    [InlineData(null, "server2.example.org", @"\\server2.example.org\pipe\web-com1")]
    [InlineData(null, null, @"\\SERVER2\pipe\web-com1")]
    public void TheConsoleIsLookedForUnderTheNameThatTheUserGave(string? given, string? session, string expected)
    {
        var machine = LinuxKitMachine.From(Machine("SERVER2", hasSession: true, session), new HyperVHost(given, null, null))!;
        try
        {
            Assert.Equal(expected, MachineConsole.Capture(machine, Guid.NewGuid()).Options.PipePath);
            Assert.NotNull(MachineConsole.Find(LinuxKitMachine.From(machine.Object)!));
        }
        finally
        {
            MachineConsole.Forget(machine, ConsoleEndReason.VMRemoved);
        }
    }

    private static PSObject Machine(string host, bool hasSession, string? session = null)
    {
        var port = new PSObject();
        port.Properties.Add(new PSNoteProperty("Path", @"\\.\pipe\web-com1"));
        var machine = new PSObject();
        machine.Properties.Add(new PSNoteProperty("Name", MachineName.Unfinished(Guid.NewGuid(), "web")));
        machine.Properties.Add(new PSNoteProperty("Id", Guid.NewGuid()));
        machine.Properties.Add(new PSNoteProperty("ComputerName", host));
        machine.Properties.Add(new PSNoteProperty("CimSession", hasSession ? FakeObject.Of(("ComputerName", session)) : null));
        machine.Properties.Add(new PSNoteProperty("ComPort1", port));
        return machine;
    }
}
