using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Disks where there is no space for them, or where nothing may be written.</summary>
public sealed class FullDiskTests : HostedTests
{
    private const string GoThere = "Set-Location volume; ";

    public FullDiskTests()
    {
        File.WriteAllBytes(Module["linuxkit-efi.img"], TestImage.EfiDisk());
    }

    [Theory]
    [InlineData("size=16k", "DiskNotWritable", ErrorCategory.WriteError, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./volume")]
    [InlineData("ro", "DiskNotWritable", ErrorCategory.WriteError, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./volume")]
    [InlineData("size=16k", "DiskNotWritable", ErrorCategory.WriteError, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./volume/x.vhd")]
    [InlineData("size=16k", "DiskNotWritable", ErrorCategory.WriteError, GoThere + "Start-LinuxKitVM ../linuxkit-efi.img")]
    [InlineData("ro", "DiskNotWritable", ErrorCategory.WriteError, GoThere + "Start-LinuxKitVM ../linuxkit-efi.img")]
    [InlineData("size=16k", "DiskNotWritable", ErrorCategory.WriteError, GoThere + "Start-LinuxKitVM ../web-efi.iso -Disk ../linuxkit-efi.img")]
    [InlineData("size=4k", "DiskCreationFailed", ErrorCategory.InvalidOperation, "New-LinuxKitDisk ./volume/x 1")]
    [InlineData("ro", "DiskCreationFailed", ErrorCategory.InvalidOperation, "New-LinuxKitDisk ./volume/x 1")]
    [InlineData("size=4k", "DiskCreationFailed", ErrorCategory.InvalidOperation, "Start-LinuxKitVM ./web-efi.iso -Disk 'file=volume/x.vhdx,size=1'")]
    [InlineData("ro", "DiskCreationFailed", ErrorCategory.InvalidOperation, "Start-LinuxKitVM ./web-efi.iso -Disk 1, 'file=volume/x.vhdx,size=1'")]
    [InlineData("ro", "MetadataNotWritable", ErrorCategory.WriteError, GoThere + "Start-LinuxKitVM ../web-efi.iso -Metadata x")]
    [InlineData("size=4k", "MetadataNotWritable", ErrorCategory.WriteError, GoThere + "Start-LinuxKitVM ../web-efi.iso -Metadata x")]
    public void Refuses(string options, string errorId, ErrorCategory category, string script)
    {
        using var volume = SmallVolume.Mount(Module["volume"], options);
        Module.RunBadly(errorId, category, script);

        Assert.DoesNotContain("New-VM", Module.Recording.Changes);
        Assert.Equal(["linuxkit-efi.img", "volume", "web-efi.iso"], Module.Files);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Module["volume"]));
    }

    [Fact]
    public void KeepsWhatIsThereWhereItsReplacementFindsNoSpace()
    {
        using var volume = SmallVolume.Mount(Module["volume"], "size=16k");
        File.WriteAllText(Module["volume/x.vhdx"], "kept");
        Module.RunBadly("DiskNotWritable", ErrorCategory.WriteError, "ConvertTo-LinuxKitDisk ./linuxkit-efi.img ./volume/x.vhdx -Force");
        Assert.Equal("kept", File.ReadAllText(Module["volume/x.vhdx"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(Module["volume"]));
    }
}
