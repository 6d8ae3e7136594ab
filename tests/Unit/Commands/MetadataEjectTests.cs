using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Hyper-V ejects in the background: a drive takes the next image when it is empty.</summary>
public sealed class MetadataEjectTests : HostedTests
{
    [Fact]
    public void NewMetadataWaitForTheDriveToBeEmpty()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork -Metadata old");
        var full = new HyperVResult(
            [.. Module.RunWell("Get-VMDvdDrive web").Select(drive => PSObject.AsPSObject(PSSerializer.Deserialize(PSSerializer.Serialize(drive))))],
            []);
        var looks = 0;
        Module.Recording.Clear();
        Module.Recording.Before = (_, call) =>
        {
            if (call.Command == HyperVCommand.GetVMDvdDrive && ++looks < 3)
            {
                Module.Recording.Instead = full;
            }
        };

        Module.RunWell("$null = Start-LinuxKitVM -Name web -NoCapture -Metadata new");

        var drive = HyperVCommand.GetVMDvdDrive;
        Assert.Equal(
            [HyperVCommand.SetVMDvdDrive, drive, drive, drive, HyperVCommand.SetVMDvdDrive],
            Module.Recording.Calls.Select(call => call.Command).Where(command => command is HyperVCommand.SetVMDvdDrive or HyperVCommand.GetVMDvdDrive));
    }
}
