using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>A file that comes to a disk's place while the disk is made is somebody else's, and stays.</summary>
public sealed class FileInTheWayTests : HostedTests
{
    [Theory]
    [InlineData("New-LinuxKitDisk ./data.vhdx 10MB")]
    [InlineData("New-LinuxKitVM ./web-efi.iso -NoNetwork -Disk 'file=data.vhdx,size=10M'")]
    public void IsNotReplaced(string script)
    {
        Module.Recording.After = (_, call) =>
        {
            if (call.Command == HyperVCommand.NewVHD)
            {
                File.WriteAllText(Module["data.vhdx"], "mine");
            }
        };
        Module.RunBadly("DiskNotWritable", ErrorCategory.WriteError, script);
        Assert.Equal("mine", File.ReadAllText(Module["data.vhdx"]));
        Assert.Equal(["data.vhdx", "web-efi.iso"], Module.Files);
        Assert.Empty(Module.RunWell("Get-VM"));
    }
}
