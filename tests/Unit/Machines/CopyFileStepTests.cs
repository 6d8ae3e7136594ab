using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>Copies of images.</summary>
public sealed class CopyFileStepTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ACopyThatCannotBeMadeIsToldWithItsName(bool isPrivate)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["image.iso"], "image");
        File.WriteAllText(folder["taken"], "theirs");
        var step = new CopyFileStep(folder["image.iso"], folder["taken"], "copy.iso", isPrivate, new StepOutput<string>("copy"));
        var exception = Assert.Throws<LinuxKitException>(() => step.Run(new PlanContext(new FakeHyperV(), new SilentReport(), TestContext.Current.CancellationToken)));
        Assert.Equal("DiskNotWritable", exception.ErrorId);
        Assert.Equal("copy.iso", exception.Target);
    }
}
