using System;
using System.Linq;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>
/// Every working cmdlet in each of its parameter sets, by name and by object, against a host that cannot be reached and machines that vanish.
/// The cmdlets and their calls come by reflection: a new one cannot be left out.
/// </summary>
public sealed class ReachTests(RemoteFixture remote) : IClassFixture<RemoteFixture>
{
    private static readonly (string Variable, string? Value, string Row)[] Obstacles =
    [
        (Permissions.DenyVariable, RemoteFixture.Computer, "Get-VM: no rights"),
        (VirtualizationHost.HostsVariable, null, "Get-VM: no such computer"),
        (Breakdown.Variable, $"{RemoteFixture.Computer}:vmms", "Get-VM: the management service is stopped"),
        (Breakdown.Variable, $"{RemoteFixture.Computer}:service", "Get-VM: the service is not installed"),
    ];

    public static TheoryData<string> Cmdlets => [.. CmdletCall.WorkingCmdlets];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void AHostThatCannotBeReachedIsAnErrorAndNothingIsDone(string cmdlet)
    {
        var calls = remote.CallsOf(cmdlet).ToList();
        Assert.NotEmpty(calls);
        var files = remote.Files;
        foreach (var (variable, value, row) in Obstacles)
        {
            var before = Environment.GetEnvironmentVariable(variable);
            Environment.SetEnvironmentVariable(variable, value);
            try
            {
                calls.ForEach(call => AssertIsStopped(call, row));
            }
            finally
            {
                Environment.SetEnvironmentVariable(variable, before);
            }
        }

        Assert.Equal(files, remote.Files);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void AMachineThatVanishesIsAnErrorByNameAndByObject(string cmdlet)
    {
        foreach (var call in remote.CallsOf(cmdlet).Where(call => call.IsForMachine(remote.MachineObjects)))
        {
            StandIn.Fail($"{cmdlet}:1=Vanish");
            try
            {
                Assert.Empty(remote.Session.Call(cmdlet, call.Arguments));
                Assert.NotEmpty(remote.Session.Errors);
                Assert.All(remote.Session.Errors, error => Row(call, "Get-VM: the management service is stopped").AssertIs(error));
            }
            finally
            {
                StandIn.Fail(null);
                remote.Restore();
            }
        }
    }

    /// <summary>A machine that vanishes under a call shows that the call found it.</summary>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void AMachinesNameIsAWildcardWhereverItIsAskedFor(string cmdlet)
    {
        foreach (var call in remote.CallsOf(cmdlet).Where(call => call.NamesMachine))
        {
            Assert.Empty(remote.Session.Call(cmdlet, call.WithName("none*")));
            Assert.Empty(remote.Session.Errors);
            StandIn.Fail($"{cmdlet}:1=Vanish");
            try
            {
                remote.Session.Call(cmdlet, call.WithName("W[e]?"));
                Assert.Equal([RemoteFixture.OtherMachine], remote.Machines);
            }
            finally
            {
                StandIn.Fail(null);
                remote.Restore();
            }
        }
    }

    [Fact]
    public void TheDestinationOfAMoveIsReachedToo()
    {
        Environment.SetEnvironmentVariable(Permissions.DenyVariable, RemoteFixture.Computer);
        try
        {
            remote.Session.RunWell("New-VM local");
            var error = remote.Session.Fails($"Move-VM local {RemoteFixture.Computer}; Remove-VM local -Force");
            (ErrorRow.All["Get-VM: no rights"] with { Command = "Microsoft.HyperV.PowerShell.Commands.MoveVM" }).AssertIs(error);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Permissions.DenyVariable, null);
        }
    }

    /// <summary>Whoever names machines is told that their host cannot be asked, and then of each name that it was not found.</summary>
    private void AssertIsStopped(CmdletCall call, string row)
    {
        Assert.Empty(remote.Session.Call(call.Command.Name, call.Arguments));
        Assert.True(remote.Session.Errors.Count > 0, $"{call} says nothing: {row}");
        Row(call, row).AssertIs(remote.Session.Errors[0]);
        Assert.All(remote.Session.Errors.Skip(1), error => Assert.Contains(ErrorRow.All["Start-VM: no such name"].Message![0], error.Exception.Message, StringComparison.Ordinal));
    }

    private static ErrorRow Row(CmdletCall call, string row) => ErrorRow.All[row] with { Command = call.Command.ImplementingType.FullName };
}
