using System.IO;
using System.Linq;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Whose a VM's metadata image is, as its notes have it: what the user gave stays the user's.</summary>
public sealed class MetadataMarkTests : HostedTests
{
    [Theory]
    [InlineData("New-LinuxKitVM ./web-efi.iso -NoNetwork -MetadataPath ./own.iso", false)]
    [InlineData("New-LinuxKitVM ./web-efi.iso -NoNetwork -Metadata made", true)]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork; Start-LinuxKitVM -Name web -NoCapture -MetadataPath ./own.iso", false)]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork -Metadata made; Start-LinuxKitVM -Name web -NoCapture -MetadataPath ./own.iso", false)]
    [InlineData("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork -MetadataPath ./own.iso; Start-LinuxKitVM -Name web -NoCapture -Metadata made", true)]
    public void IsTheVMsOnlyWhereItWasMadeForIt(string script, bool isOwn)
    {
        Module.AddImage("own.iso");
        Module.RunWell(script);
        var mark = OwnershipMark.Read(Module.RunWell("(Get-VM web).Notes").Single().ToString())!;
        Assert.Equal(isOwn, mark.OwnsMetadata);
        Assert.Equal(isOwn, mark.Metadata != Module["own.iso"]);
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.True(File.Exists(Module["own.iso"]));
        Assert.Equal(["own.iso", "web-efi.iso"], Module.Files);
    }
}
