using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Disks that the host's file system compresses, encrypts or keeps sparse, where this computer cannot tell.</summary>
public sealed class CompressedDiskTests : HostedTests
{
    [Theory]
    [InlineData("DiskAttachFailed", "Start-LinuxKitVM ./web-efi.iso -Disk 1GB", "")]
    [InlineData("VMStartFailed", "Start-LinuxKitVM -Name web", "$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB")]
    public void TheRemedyNamesTheCommands(string errorId, string script, string before)
    {
        Module.RunWell(before);
        var machines = Module.RunWell("Get-VM").Count;
        HostedModule.Compress("*-disk.vhdx");
        var error = Module.RunBadly(errorId, ErrorCategory.InvalidOperation, script);
        Assert.Contains("0xC03A001A", error.Exception.Message, StringComparison.Ordinal);
        Assert.All(new[] { "compact /U", "cipher /D", "fsutil sparse setflag FILE 0" }, command => Assert.Contains(command, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal));
        Assert.Equal(machines, Module.RunWell("Get-VM").Count);
        Assert.Equal(machines, Module.Files.Count(file => file == "web-disk.vhdx"));
    }
}
