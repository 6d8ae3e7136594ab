using LinuxKitHyperV.Machines;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class MachineNameTests
{
    [Theory]
    [InlineData("/images/linuxkit-efi.iso", "linuxkit")]
    [InlineData("linuxkit-efi-initrd.iso", "linuxkit")]
    [InlineData("web.iso", "web")]
    [InlineData("web-bios.img", "web")]
    [InlineData("web-efi.img", "web")]
    [InlineData("web-efi.qcow2", "web")]
    [InlineData("web.vhd", "web")]
    [InlineData("web.img.tar.gz", "web")]
    [InlineData("my-efi-thing.iso", "my-efi-thing")]
    [InlineData("web.v2.iso", "web.v2")]
    [InlineData(".iso", ".iso")]
    [InlineData("-efi.iso", "-efi.iso")]
    public void ComesFromTheImage(string image, string name)
    {
        Assert.Equal(name, MachineName.FromImage(image));
    }
}
