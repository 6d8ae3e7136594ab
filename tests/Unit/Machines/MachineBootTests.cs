using LinuxKitHyperV.Requests;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>What a VM of another host boots: its image cannot be looked at from here.</summary>
public sealed class MachineBootTests
{
    [Theory]
    [InlineData("web.iso", false, 2)]
    [InlineData("web.vhdx", true, 2)]
    [InlineData("web.vhd", true, 1)]
    public void TheNameTells(string image, bool isNotCopied, int generation)
    {
        var boot = MachineBoot.SettleRemote(image, BootWishes.None with { IsNotCopied = isNotCopied });
        Assert.Equal((generation, image, isNotCopied), (boot.Generation, boot.MediumPath, boot.IsDisk));
    }

    [Fact]
    public void AVhdIsOfGeneration1() => Assert.Equal(
        "ImageNotAttachable",
        Assert.Throws<LinuxKitException>(() => MachineBoot.SettleRemote("web.vhd", BootWishes.None with { Generation = 2, IsNotCopied = true })).ErrorId);

    [Theory]
    [InlineData("web.img", true)]
    [InlineData("web.vhdx", false)]
    public void NothingIsConverted(string image, bool isNotCopied) => Assert.Equal(
        "ImageNotAttachable",
        Assert.Throws<LinuxKitException>(() => MachineBoot.SettleRemote(image, BootWishes.None with { IsNotCopied = isNotCopied })).ErrorId);
}
