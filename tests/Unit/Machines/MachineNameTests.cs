using System;
using System.Text;
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

    [Theory]
    [InlineData("", "is blank")]
    [InlineData(" \t\n", "is blank")]
    [InlineData("a\nb", "a control character")]
    [InlineData("a\u001b]0;b\a", "a control character")]
    [InlineData("a\u0085", "a control character")]
    [InlineData("a\0", "a control character")]
    [InlineData("a*", "a wildcard")]
    [InlineData("a?", "a wildcard")]
    [InlineData("LinuxKitHyperV-unfinished-", "begins with LinuxKitHyperV-unfinished-")]
    [InlineData("linuxkithyperv-UNFINISHED-0123456789abcdef0123456789abcdef-web", "begins with LinuxKitHyperV-unfinished-")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "more than 100 characters")]
    public void IsRefusedWithTheReason(string name, string reason)
    {
        var exception = Assert.Throws<LinuxKitException>(() => MachineName.Check(name));
        Assert.Equal("InvalidVMName", exception.ErrorId);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("w[1]")]
    [InlineData("LinuxKitHyperV")]
    [InlineData("a`b 'c'")]
    [InlineData("häßlich 日本 👍")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void MayBe(string name) => Assert.Null(Record.Exception(() => MachineName.Check(name)));

    [Theory]
    [InlineData("web", "web", true)]
    [InlineData("web", "WEB", true)]
    [InlineData("web", "eb", false)]
    [InlineData("a-web", "web", false)]
    [InlineData("web", "a-web", false)]
    public void OfAnUnfinishedVMTellsTheOneThatItShallHave(string made, string name, bool isOfIt) =>
        Assert.Equal(isOfIt, MachineName.IsUnfinished(MachineName.Unfinished(Guid.NewGuid(), made), name));

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void IsCutBetweenCharactersWhileItIsMade(int before)
    {
        var name = new string('a', before) + "\U0001F600" + new string('b', 40);
        var unfinished = MachineName.Unfinished(Guid.NewGuid(), name);
        Assert.InRange(unfinished.Length, 1, 100);
        Assert.Equal(unfinished, Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(unfinished)));
        Assert.True(MachineName.IsUnfinished(unfinished, name));
        Assert.False(MachineName.IsUnfinished(unfinished, name + "b"));
    }
}
