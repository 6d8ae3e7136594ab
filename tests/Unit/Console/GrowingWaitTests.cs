using System.Linq;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class GrowingWaitTests
{
    [Fact]
    public void AWaitGrowsUpToABound()
    {
        var wait = new GrowingWait();
        Assert.Equal([1, 2, 4, 8, 16, 32, 50, 50], Enumerable.Range(0, 8).Select(_ => wait.NextMilliseconds(ConsolePipeFailure.InUse)));
    }

    [Fact]
    public void WhatIsDeniedIsNotTriedAgainForSeconds() => Assert.Equal(3000, new GrowingWait().NextMilliseconds(ConsolePipeFailure.AccessDenied));
}
