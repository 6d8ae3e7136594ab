using System;
using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Content;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class FilePlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(@"C:\images\web.iso", nameof(FileReach.Computer))]
    [InlineData("/images/web.iso", nameof(FileReach.Computer))]
    [InlineData(@"\\?\C:\images\web.iso", nameof(FileReach.Computer))]
    [InlineData(@"\\.\pipe\web", nameof(FileReach.Computer))]
    [InlineData(@"\\nas\vms\web.iso", nameof(FileReach.Share))]
    [InlineData("//nas/vms/web.iso", nameof(FileReach.Share))]
    [InlineData(@"\\wsl.localhost\Debian\home\u\linuxkit-efi.iso", nameof(FileReach.Session))]
    [InlineData(@"\\WSL$\Debian\web.iso", nameof(FileReach.Session))]
    [InlineData(@"\\tsclient\c\web.iso", nameof(FileReach.Session))]
    [InlineData(@"\\wsl.localhost", nameof(FileReach.Session))]
    public void ThePathTellsWhoReachesIt(string path, string reach) => Assert.Equal(reach, FilePlace.At(path).Reach.ToString());

    [Theory]
    [InlineData(@"C:\Windows\System32", true)]
    [InlineData(@"c:\windows", true)]
    [InlineData(@"C:\WindowsApps", false)]
    [InlineData(@"C:\", false)]
    public void WindowsHasAFolderOfItsOwn(string folder, bool isOf) => Assert.Equal(isOf, FilePlace.IsOf(folder, @"C:\Windows"));

    [Fact]
    public void WithoutWindowsNothingIsItsOwn() => Assert.False(FilePlace.IsOf("/", string.Empty));

    [Fact]
    public void LinksAreFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links are made by whoever has the right to.");
        File.WriteAllText(_folder["a.iso"], string.Empty);
        Directory.CreateDirectory(_folder["sub"]);
        File.CreateSymbolicLink(_folder["sub/b.iso"], "../a.iso");
        Directory.CreateSymbolicLink(_folder["other"], _folder["sub"]);
        Directory.CreateSymbolicLink(_folder["share"], "/" + _folder["sub"]);
        File.CreateSymbolicLink(_folder["round"], _folder["round"]);

        Assert.Equal(new FilePlace(_folder["a.iso"], FileReach.Computer), FilePlace.Of(_folder["a.iso"]));
        Assert.Equal(new FilePlace(_folder["a.iso"], FileReach.Computer), FilePlace.Of(_folder["other/b.iso"]));
        Assert.Equal(new FilePlace("/" + _folder["sub/b.iso"], FileReach.Share), FilePlace.Of(_folder["share/b.iso"]));
        Assert.Equal(FileReach.Computer, FilePlace.Of(_folder["round"]).Reach);
        Assert.True(FilePlace.Of(_folder["a.iso"]).IsItself(_folder["a.iso"]));
        Assert.False(FilePlace.Of(_folder["sub/b.iso"]).IsItself(_folder["sub/b.iso"]));
        Assert.False(FilePlace.Of(_folder["share/b.iso"]).IsItself(_folder["share/b.iso"]));
    }
}
