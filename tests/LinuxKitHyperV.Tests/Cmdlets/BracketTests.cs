using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

/// <summary>Paths whose characters mean something in a pattern: they are taken as they are.</summary>
public sealed class BracketTests : HostedTests
{
    // It would match a file of its own name only if the brackets stood for themselves.
    private const string Odd = "a[1] `b";

    // Set-Location is not there.
    private const string GoThere = "$null = $ExecutionContext.SessionState.Path.SetLocation('./d`[0`]'); ";

    public BracketTests()
    {
        Directory.CreateDirectory(Module["d[0]"]);
        File.WriteAllBytes(Module[$"{Odd}.img"], TestImage.EfiDisk());
        File.WriteAllText(Module["a(1) 'b.vhdx"], "none of ours");
    }

    [Theory]
    [InlineData("New-LinuxKitDisk $args[0] -Size 1", Odd + ".vhdx")]
    [InlineData("New-LinuxKitDisk './d[0]/x' -Size 1", "d[0]/x.vhdx")]
    [InlineData("ConvertTo-LinuxKitDisk -LiteralPath \"$($args[0]).img\"", Odd + ".vhdx")]
    [InlineData("ConvertTo-LinuxKitDisk -LiteralPath \"$($args[0]).img\" './d[0]'", "d[0]/" + Odd + ".vhdx")]
    [InlineData("ConvertTo-LinuxKitDisk -Path ([WildcardPattern]::Escape(\"$($args[0]).img\")) './d[0]/c[x].vhd'", "d[0]/c[x].vhd")]
    [InlineData(GoThere + "New-LinuxKitDisk '[]' 1", "d[0]/[].vhdx")]
    public void MakesADisk(string script, string file)
    {
        Assert.Equal(Module[file], Module.RunWell(script, Odd).Single().Text("Path"));
        Assert.True(File.Exists(Module[file]));
    }

    [Fact]
    public void StartsAnImageAndAttachesDisks()
    {
        Module.RunWell("$null = New-LinuxKitDisk './d[0]/x' -Size 1; Start-LinuxKitVM -LiteralPath \"$($args[0]).img\" -Disk 1, './d[0]/x.vhdx'", Odd);
        Assert.Equal(
            [$"{Odd}-boot.vhdx", $"{Odd}-disk.vhdx", "x.vhdx"],
            Module.RunWell("(Get-LinuxKitVM).HardDrives").Select(drive => Path.GetFileName(drive.Text("Path"))));
        Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk");
        Assert.Equal(["a(1) 'b.vhdx", $"{Odd}.img", "d[0]", "web-efi.iso"], Module.Files);
    }

    [Fact]
    public void StartsFromAFolderOfThatKind()
    {
        File.Copy(Module["web-efi.iso"], Module["d[0]/web-efi.iso"]);
        Module.RunWell(GoThere + "Start-LinuxKitVM ./*.iso -Disk 1 -Metadata x");
        Assert.Equal([Module["d[0]/web-disk.vhdx"]], Module.RunWell("(Get-LinuxKitVM web).HardDrives").Select(drive => drive.Text("Path")));
    }

    [Fact]
    public void FindsThatADiskIsInUse() => Module.RunBadly(
        "DiskInUse",
        ErrorCategory.ResourceBusy,
        "$null = New-LinuxKitDisk './d[0]/x' -Size 1; $null = Start-LinuxKitVM ./web-efi.iso -Disk './d[0]/x.vhdx'; New-LinuxKitVM ./web-efi.iso -Name b -Disk './d[0]/x.vhdx'");
}
