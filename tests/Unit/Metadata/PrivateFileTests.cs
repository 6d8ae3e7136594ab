using System.ComponentModel;
using System.IO;
using System.Runtime.Versioning;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Metadata;
using Xunit;

namespace LinuxKitHyperV.Tests.Metadata;

/// <summary>Private files on Linux; those of Windows are made by another call, which the tests for Windows make.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileTests
{
    [Fact]
    public void AreTheirOwnersFromTheFirstByteOn()
    {
        using var folder = new TemporaryFolder();
        var path = folder["secret"];
        PrivateFile.Create(path, file =>
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            file.WriteByte(7);
        });
        Assert.Equal([7], File.ReadAllBytes(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void AreNeverMadeOverAnother()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["theirs"], "theirs");
        Assert.Throws<Win32Exception>(() => PrivateFile.Create(folder["theirs"], _ => { }));
        File.CreateSymbolicLink(folder["link"], folder["nowhere"]);
        Assert.Throws<Win32Exception>(() => PrivateFile.Create(folder["link"], _ => { }));
        Assert.Equal("theirs", File.ReadAllText(folder["theirs"]));
        Assert.False(File.Exists(folder["nowhere"]));
    }

    [Fact]
    public void AreDeletedWhereTheyAreNotWrittenWhole()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<IOException>(() => PrivateFile.Create(folder["half"], _ => throw new IOException("full")));
        Assert.False(File.Exists(folder["half"]));
    }
}
