using System;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Holds every cmdlet to the contract's data, which is read here without the generator's help.</summary>
public sealed class ConformanceTests : IDisposable
{
    private readonly StandInSession _session = new();

    public static TheoryData<string> Cmdlets => [.. CmdletShape.Contract.GetProperty("cmdlets").EnumerateObject().Select(cmdlet => cmdlet.Name)];

    public void Dispose() => _session.Dispose();

    [Fact]
    public void ExportsTheContractsCmdletsAndNoOthers()
    {
        var expected = CmdletShape.Contract.GetProperty("cmdlets").EnumerateObject().Select(cmdlet => cmdlet.Name);
        Assert.Equal(expected.Order(), _session.Run("Get-Command -Module Hyper-V -CommandType Cmdlet").Select(command => command.ToString()).Order());
    }

    [Fact]
    public void ExportsTheAliasesOfTheContractsCmdlets()
    {
        // The others are aliases of replication cmdlets, which the contract leaves out.
        string[] replication = ["gvmr", "mvmr", "gvmrs"];
        var expected = CmdletShape.Contract.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!).Except(replication);
        Assert.Equal(expected.Order(), _session.Run("Get-Command -Module Hyper-V -CommandType Alias").Select(command => ((AliasInfo)command.BaseObject).Name).Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void HasTheContractsShape(string name)
    {
        var expected = CmdletShape.Of(CmdletShape.Contract.GetProperty("cmdlets").GetProperty(name));
        Assert.Equal(expected.Facts, CmdletShape.Of(_session.One<CmdletInfo>($"Get-Command Hyper-V\\{name}")).Facts);
    }
}
