using System;
using System.Diagnostics;
using System.IO;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>Files that somebody holds for a moment.</summary>
public sealed class HeldFileTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1175)]
    [InlineData(1176)]
    public void AFileThatIsHeldForAMomentIsWaitedFor(int error)
    {
        var tries = 0;
        Do(() => _ = ++tries == 3 ? 0 : throw new IOException("It is in use.", unchecked((int)0x80070000) + error));
        Assert.Equal(3, tries);
    }

    [Fact]
    public void AFileWhoseAccessIsDeniedForAMomentIsWaitedFor()
    {
        var tries = 0;
        Do(() => _ = ++tries == 2 ? 0 : throw new UnauthorizedAccessException());
        Assert.Equal(2, tries);
    }

    [Fact]
    public void AFileThatStaysHeldIsAnErrorAfterFiveSeconds()
    {
        var clock = Stopwatch.StartNew();
        Assert.Throws<UnauthorizedAccessException>(() => Do(() => throw new UnauthorizedAccessException()));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void AnotherErrorIsNotTriedAgain()
    {
        var tries = 0;
        Assert.Throws<FileNotFoundException>(() => Do(() => _ = ++tries > 0 ? throw new FileNotFoundException() : 0));
        Assert.Equal(1, tries);
    }

    [Fact]
    public void AStopEndsTheWait()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.Throws<PipelineStoppedException>(() => Do(() => throw new UnauthorizedAccessException(), stop));
    }

    private static void Do(Action work, CancellationTokenSource? stop = null) =>
        HeldFile.Do(new PlanContext(new FakeHyperV(), new SilentReport(), stop?.Token ?? TestContext.Current.CancellationToken), "disk.vhdx", work);
}
