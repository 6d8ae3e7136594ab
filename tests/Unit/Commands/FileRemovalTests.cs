using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
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
                PutInTheWay(file);
            }
        };
        var error = Module.RunBadly(errorId, ErrorCategory.WriteError, "Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Contains(Path.GetFileName(file), error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.Equal([.. new[] { Path.GetFileName(file), "web-efi.iso" }.Order(StringComparer.Ordinal)], Module.Files);
    }

    [Fact]
    public void RemoveTellsOfEachFileThatItCannotDelete()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk size=1, 'file=data.vhdx,size=1' -Metadata x");
        string[] files = [.. Module.Files.Where(file => file != "web-efi.iso").Select(file => Module[file!])];
        Module.Recording.Before = (_, call) =>
        {
            if (call.Command == HyperVCommand.RemoveVM)
            {
                Array.ForEach(files, PutInTheWay);
            }
        };
        Module.Run("Remove-LinuxKitVM web -RemoveDisk -Force");
        Assert.Equal(files.Order(), Module.Errors.Select(error => error.TargetObject).Order());
        Assert.All(Module.Errors, error => Assert.Contains("Delete the file", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal));
    }

    [Fact]
    public void AStopTellsOfEachFileThatIsLeft()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk size=1, 'file=data.vhdx,size=1' -Metadata x");
        var host = new RecordingHost();
        using var runspace = Module.OpenRunspace(host);
        using var script = PowerShell.Create(runspace).AddScript("Remove-LinuxKitVM web -RemoveDisk -Force");
        using (new FileStream(Module["web-disk.vhdx"], FileMode.Open, FileAccess.Read, FileShare.None))
        using (new FileStream(Module["data.vhdx"], FileMode.Open, FileAccess.Read, FileShare.None))
        {
            var run = script.BeginInvoke();
            Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(Module["."], "*metadata*").Length == 0, TimeSpan.FromMinutes(1)));
            script.Stop();
            Assert.ThrowsAny<RuntimeException>(() => script.EndInvoke(run));
        }

        Assert.Contains($"Left behind: the file '{Module["web-disk.vhdx"]}'", host.Text, StringComparison.Ordinal);
        Assert.Contains($"Left behind: the file '{Module["data.vhdx"]}'", host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ADiskThatAnotherVMIsGivenWhileTheUserIsAskedStays()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB");
        var host = new RecordingHost(0, () =>
        {
            Thread.Sleep(500);
            Module.RunWell("$null = New-VM other -VHDPath ./web-disk.vhdx");
        });
        using var runspace = Module.OpenRunspace(host);
        using var script = PowerShell.Create(runspace).AddScript("Remove-LinuxKitVM web -RemoveDisk -Confirm");
        script.Invoke();
        Assert.Single(host.Questions);
        Assert.Contains("the VM 'other' has it too", Assert.Single(script.Streams.Warning).Message, StringComparison.Ordinal);
        Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
    }

    [Fact]
    public void AFolderThatAForgedMarkNamesStays()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Metadata x; mkdir ./empty");
        var mark = OwnershipMark.Read(Module.RunWell("(Get-VM web).Notes").Single().ToString())!;
        Module.RunWell("param($notes) Set-VM web -Notes $notes", (mark with { Folder = Module["empty"] }).ToString());
        Module.RunWell("Remove-LinuxKitVM web -Force");
        Assert.Equal(["empty", "web-efi.iso"], Module.Files);
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
    public void AStartThatFailsLeavesNoDiskThatHyperVStillHolds()
    {
        HostedModule.Hold(TimeSpan.FromMilliseconds(1500));
        HostedModule.Fail("Start-VM:1=OperationFailed");
        Module.RunBadly("VMStartFailed", ErrorCategory.InvalidOperation, "Start-LinuxKitVM ./web-efi.iso -NoNetwork -Disk 1GB");
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

    private static void PutInTheWay(string file)
    {
        File.Delete(file);
        Directory.CreateDirectory(file);
    }
}
