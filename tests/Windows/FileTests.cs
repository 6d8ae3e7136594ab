using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>Paths, sharing and renaming by Windows' rules.</summary>
public sealed class FileTests : HostedTests
{
    private const uint RemoveDefinition = 2;

    [Theory]
    [InlineData("x|y.iso")]
    [InlineData("x<y>.iso")]
    [InlineData("NUL")]
    [InlineData("NUL.iso")]
    [InlineData(@"\\.\pipe\x.iso")]
    [InlineData(@"\\?\C:\missing.iso")]
    [InlineData(@"\\localhost\missing\x.iso")]
    public void WhatIsNoFileIsNoImage(string path) =>
        Module.RunBadly("ImageNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM -LiteralPath $args", path);

    [Fact]
    public void APathMayHaveADriveAndEitherSlash()
    {
        var drive = Path.GetPathRoot(Module["web-efi.iso"])!;
        Assert.Matches(@"^[A-Z]:\\$", drive);

        var machine = Module.RunWell("Start-LinuxKitVM $args", Module["web-efi.iso"].Replace('\\', '/')).Single();

        Assert.Equal(Module["web-efi.iso"], Module.RunWell("(Get-VMDvdDrive web).Path").Single().ToString());
        Assert.Equal("web", machine.Name());
    }

    [Fact]
    public void APathMayBeLong()
    {
        var folder = Directory.CreateDirectory(Module[Path.Combine([.. Enumerable.Repeat(new string('f', 100), 4)])]).FullName;
        var image = Path.Combine(folder, "deep.iso");
        File.Copy(Module["web-efi.iso"], image);
        Assert.True(image.Length > 260);

        Module.RunWell("Start-LinuxKitVM -LiteralPath $args", image);

        Assert.Equal(image, Module.RunWell("(Get-VMDvdDrive deep).Path").Single().ToString());
    }

    [Fact]
    public void WhatIsMadeAtAPromptInWindowsOwnFolderIsNotMadeThere()
    {
        var folder = Path.Combine(Module.RunWell("(Get-VMHost).VirtualHardDiskPath").Single().ToString()!, "web");
        Module.Runspace.SessionStateProxy.Path.SetLocation(Environment.SystemDirectory);
        var machine = Module.RunWell("param($image) New-LinuxKitVM $image -Disk 1GB -Metadata x", Module["web-efi.iso"]).Single();
        Assert.Contains("is Windows' own", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Assert.Equal(Path.Combine(folder, "web-disk.vhdx"), Module.RunWell("(Get-VMHardDiskDrive web).Path").Single().ToString());
        Assert.Equal(folder, Path.GetDirectoryName(machine.Text("Metadata")));
        Assert.Equal(Module["web-efi.iso"], Module.RunWell("@(Get-VMDvdDrive web).Path[0]").Single().ToString());
    }

    [Fact]
    public void ADriveThatStandsForAFolderIsFollowed()
    {
        Assert.True(DefineDosDevice(0, "Q:", Module.Folder));
        try
        {

            Assert.Equal(new FilePlace(Module["web-efi.iso"], FileReach.Computer), FilePlace.Of(@"Q:\web-efi.iso"));
            Assert.False(FilePlace.Of(@"Q:\web-efi.iso").IsItself(@"Q:\web-efi.iso"));
            Assert.SkipUnless(File.Exists(@"Q:\web-efi.iso"), "The drive is followed as it should be; but Wine opens no file by it.");
            Module.RunWell(@"$null = New-LinuxKitVM -LiteralPath Q:\web-efi.iso");
            Assert.Equal(Module["web-efi.iso"], Module.RunWell("(Get-VMDvdDrive web).Path").Single().ToString());
        }
        finally
        {
            DefineDosDevice(RemoveDefinition, "Q:", null);
        }
    }

    [Fact]
    public void AFileOfThisComputerNeedsNoFollowing()
    {
        Assert.Equal(FileReach.Computer, FilePlace.Of(Module["web-efi.iso"]).Reach);
        Assert.True(FilePlace.Of(Module["web-efi.iso"]).IsItself(Module["web-efi.iso"].ToUpperInvariant()));
        Assert.Equal(FileReach.Share, FilePlace.Of(@"\\server\share\missing.iso").Reach);
    }

    [Fact]
    public void AnImageThatSomebodyReadsIsUsed()
    {
        using var reader = new FileStream(Module["web-efi.iso"], FileMode.Open, FileAccess.Read, FileShare.Read);

        Module.RunWell("Start-LinuxKitVM ./web-efi.iso");
    }

    [Fact]
    public void AnImageThatSomebodyKeepsToThemselvesIsToldAsSuch()
    {
        using var owner = new FileStream(Module["web-efi.iso"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Module.RunBadly("ImageNotReadable", ErrorCategory.ReadError, "Start-LinuxKitVM ./web-efi.iso");
    }

    [Fact]
    public void AFileIsReplacedAtOnceOrNotAtAll()
    {
        var (from, to) = (Module["new.tmp"], Module["new.vhdx"]);
        File.WriteAllText(from, "new");
        File.WriteAllText(to, "old");
        var step = MoveFileStep.Create(from, to) with { Replaces = true };

        using (new FileStream(to, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            Assert.Equal("DiskNotWritable", Assert.Throws<LinuxKitException>(() => step.Run(new PlanContext(null!, new SilentReport(), default))).ErrorId);
        }

        Assert.Equal(("new", "old"), (File.ReadAllText(from), File.ReadAllText(to)));
        step.Run(new PlanContext(null!, new SilentReport(), default));
        Assert.Equal(("new", false), (File.ReadAllText(to), File.Exists(from)));
    }

    [Fact]
    public void AFileIsMovedWholeAndNeverOverAnother()
    {
        var (from, to) = (Module["new.tmp"], Module["new.vhdx"]);
        File.WriteAllText(from, "new");
        File.WriteAllText(to, "old");
        var step = MoveFileStep.Create(from, to);

        var exception = Assert.Throws<LinuxKitException>(() => step.Run(new PlanContext(null!, new SilentReport(), default)));

        Assert.Equal(("DiskNotWritable", "old"), (exception.ErrorId, File.ReadAllText(to)));
        File.Delete(to);
        step.Run(new PlanContext(null!, new SilentReport(), default));
        Assert.Equal(("new", false), (File.ReadAllText(to), File.Exists(from)));
    }

    [Fact]
    public void AFileThatIsOpenIsNotMoved()
    {
        var (from, to) = (Module["new.tmp"], Module["new.vhdx"]);
        using var open = new FileStream(from, FileMode.CreateNew, FileAccess.Write, FileShare.None);

        var exception = Assert.Throws<LinuxKitException>(() => MoveFileStep.Create(from, to).Run(new PlanContext(null!, new SilentReport(), default)));

        Assert.Equal(("DiskNotWritable", true), (exception.ErrorId, File.Exists(from)));
    }
    [DllImport("kernel32.dll", EntryPoint = "DefineDosDeviceW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool DefineDosDevice(uint flags, string device, string? target);
}
