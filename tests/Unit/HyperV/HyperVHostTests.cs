using System;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.HyperV;

public sealed class HyperVHostTests
{
    private static readonly PSObject Session = new(new Uri("session://hv02"));

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(".", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("hv02", false)]
    public void ThisComputerHasSeveralNames(string? name, bool isLocal)
    {
        Assert.Equal(isLocal, new HyperVHost(name, null, null).IsLocal);
        Assert.Equal(isLocal, HyperVHost.Of(FakeObject.Of(("ComputerName", name))).IsLocal);
        Assert.False(new HyperVHost(name, null, Session).IsLocal);
    }

    [Fact]
    public void ThisComputersOwnNameIsOneOfThem() => Assert.True(new HyperVHost(Environment.MachineName.ToLowerInvariant(), null, null).IsLocal);

    [Fact]
    public void AnObjectsHostIsReachedByTheSessionThatItCameBy()
    {
        var host = HyperVHost.Of(FakeObject.Of(("ComputerName", "hv02"), ("CimSession", Session)));
        Assert.Same(Session, host.CimSession);
        Assert.Null(host.ComputerName);
    }

    [Fact]
    public void ACopysHostIsReachedByItsName()
    {
        var copy = FakeObject.Of(("ComputerName", "hv02"), ("CimSession", Session));
        copy.TypeNames.Insert(0, "Deserialized.Microsoft.HyperV.PowerShell.VirtualMachine");
        Assert.Equal(new HyperVHost("hv02", null, null), HyperVHost.Of(copy));
        Assert.Equal(new HyperVHost("hv02", null, null), HyperVHost.Of(FakeObject.Of(("ComputerName", "hv02"))));
    }

    [Fact]
    public void ACallNamesTheHostAsItWasGiven()
    {
        Assert.Empty(HyperVHost.Local.Call(HyperVCommand.GetVM).Parameters);
        using var password = new System.Security.SecureString();
        var credential = new PSCredential("admin", password);
        Assert.Equal(
            [new("ComputerName", "hv02"), new("Credential", credential)],
            new HyperVHost("hv02", credential, null).Call(HyperVCommand.GetVM).Parameters);
        Assert.Equal([new("CimSession", Session.BaseObject)], new HyperVHost(null, null, Session).Call(HyperVCommand.GetVM).Parameters);
    }
}
