using System;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Files that can no longer be deleted when their VM is gone: something has come between.</summary>
public sealed class FileRemovalTests : HostedTests
{
    [Theory]
    [InlineData("DiskRemovalFailed", "web-disk.vhdx")]
    [InlineData("MetadataRemovalFailed", "web-metadata*.iso")]
    public void RemoveTellsOfAFileThatItCannotDelete(string errorId, string pattern)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk size=1 -Metadata x");
        var file = Assert.Single(Directory.GetFiles(Module["."], pattern));
        Module.Recording.Before = (_, call) =>
        {
            if (call.Command == "Hyper-V\\Remove-VM")
            {
                File.Delete(file);
                Directory.CreateDirectory(file);
            }
        };
        var error = Module.RunBadly(errorId, ErrorCategory.WriteError, "Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Contains(Path.GetFileName(file), error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    [Fact]
    public void RemoveWaitsForADiskThatHyperVStillHoldsToItself()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -Disk 1GB -NoCapture");
        HostedModule.Hold(TimeSpan.FromMilliseconds(1500));
        Module.RunWell("Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Empty(Module.Warnings);
        Assert.Equal(["web-efi.iso"], Module.Files);
    }

    [Fact]
    public void RemoveTellsOfADiskThatStaysHeld()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB");
        using (new FileStream(Module["web-disk.vhdx"], FileMode.Open, FileAccess.Read, FileShare.None))
        {
            Module.RunBadly("DiskRemovalFailed", ErrorCategory.WriteError, "Remove-LinuxKitVM web -RemoveDisk -Force");
        }

        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }
}
