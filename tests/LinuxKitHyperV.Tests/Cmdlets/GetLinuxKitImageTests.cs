using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

public sealed class GetLinuxKitImageTests : HostedTests
{
    [Fact]
    public void RefusesAnImageThatAnotherKeepsToItself()
    {
        using var held = new FileStream(Module["web-efi.iso"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Module.RunBadly("ImageNotReadable", ErrorCategory.ReadError, "Get-LinuxKitImage ./web-efi.iso");
    }

    [Theory]
    [InlineData("'./web-efi.iso' | Get-LinuxKitImage")]
    [InlineData("'./web*.iso' | Get-LinuxKitImage")]
    [InlineData("[IO.FileInfo]::new(\"$PWD/web-efi.iso\") | Get-LinuxKitImage")]
    [InlineData("Get-LinuxKitImage ./web-efi.iso | Get-LinuxKitImage")]
    [InlineData("[pscustomobject]@{ PSPath = \"FileSystem::$PWD/web-efi.iso\" } | Get-LinuxKitImage")]
    public void TakesPathsFromThePipeline(string script) =>
        Assert.Equal(Module["web-efi.iso"], ((LinuxKitImage)Module.RunWell(script).Single().BaseObject).Path);

    [Fact]
    public void EmitsWhatAnImageIs()
    {
        var image = Module.RunWell("Get-LinuxKitImage ./web-efi.iso").Single();
        Assert.Equal(
            [("Path", Module["web-efi.iso"]), ("Format", "Iso"), ("Architecture", "X64"), ("Generation", "2"), ("BootMode", "Uefi"), ("Console", "True"), ("SecureBoot", string.Empty)],
            new[] { "Path", "Format", "Architecture", "Generation", "BootMode", "Console", "SecureBoot" }.Select(property => (property, image.Text(property))));
    }

    [Fact]
    public void TakesWildcardsAndLiteralPaths()
    {
        Module.AddImage("a [1].iso");
        Assert.Equal(2, Module.RunWell("Get-LinuxKitImage *.iso").Count);
        Assert.Equal("a [1].iso", Path.GetFileName(Module.RunWell("Get-LinuxKitImage -LiteralPath './a [1].iso'").Single().Text("Path")));
    }

    [Fact]
    public void PipesToStart() => Assert.Equal("web", Module.RunWell("Get-LinuxKitImage ./web-efi.iso | Start-LinuxKitVM").Single().Name());

    [Fact]
    public void GoesOnAfterAnError()
    {
        File.WriteAllText(Module["a.iso"], "text");
        Assert.Single(Module.Run("Get-LinuxKitImage *.iso"));
        Assert.StartsWith("ImageNotRecognized,", Assert.Single(Module.Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "Get-LinuxKitImage ./missing.iso")]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "Get-LinuxKitImage ./missing*.iso")]
    [InlineData("ImageNotFound", ErrorCategory.ObjectNotFound, "Get-LinuxKitImage -LiteralPath './*.iso'")]
    [InlineData("InvalidPath", ErrorCategory.InvalidArgument, "Get-LinuxKitImage nowhere:x.iso")]
    [InlineData("ImageNotRecognized", ErrorCategory.InvalidData, "[IO.File]::WriteAllText(\"$PWD/x.iso\", 'x'); Get-LinuxKitImage ./x.iso")]
    [InlineData("ImageTruncated", ErrorCategory.InvalidData, "$b = [IO.File]::ReadAllBytes(\"$PWD/web-efi.iso\"); [IO.File]::WriteAllBytes(\"$PWD/x.iso\", $b[0..($b.Length - 2049)]); Get-LinuxKitImage ./x.iso")]
    [InlineData("ImageDamaged", ErrorCategory.InvalidData, "$b = [IO.File]::ReadAllBytes(\"$PWD/web-efi.iso\"); $b[19 * 2048] = 7; [IO.File]::WriteAllBytes(\"$PWD/x.iso\", $b); Get-LinuxKitImage ./x.iso")]
    [InlineData("ImageFormatNotSupported", ErrorCategory.NotImplemented, "[IO.File]::WriteAllText(\"$PWD/x.vmdk\", '# Disk DescriptorFile' + ' ' * 1000); Get-LinuxKitImage ./x.vmdk")]
    public void Refuses(string errorId, ErrorCategory category, string script) => Module.RunBadly(errorId, category, script);
}
