using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Requests;
using Xunit;

namespace LinuxKitHyperV.Tests.Disks;

public sealed class PlainFileTests
{
    private const FileAttributes InACloud = FileAttributes.SparseFile | FileAttributes.ReparsePoint | FileAttributes.Offline;

    [Theory]
    [InlineData(FileAttributes.Compressed, "compressed", "compact /U \"d.vhdx\"")]
    [InlineData(FileAttributes.Encrypted, "encrypted", "cipher /D \"d.vhdx\"")]
    [InlineData(FileAttributes.SparseFile, "sparse", "fsutil sparse setflag \"d.vhdx\" 0")]
    [InlineData(FileAttributes.IntegrityStream, "checked for its integrity", "Set-FileIntegrity -FileName \"d.vhdx\" -Enable $false")]
    [InlineData(FileAttributes.Compressed | FileAttributes.SparseFile, "compressed and sparse", "compact /U \"d.vhdx\"; fsutil sparse setflag \"d.vhdx\" 0")]
    [InlineData(InACloud, "sparse", "in no cloud")]
    public void ADiskInAFileThatIsNotPlainIsRefused(FileAttributes attributes, string what, string remedy)
    {
        var error = Assert.Throws<LinuxKitException>(() => DiskFile.RequirePlain("d.vhdx", attributes | FileAttributes.Archive));
        Assert.Equal(("DiskNotReadable", (object)"d.vhdx"), (error.ErrorId, error.Target!));
        Assert.EndsWith($"the file is {what}.", error.Message, System.StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FileAttributes.Normal)]
    [InlineData(FileAttributes.Archive | FileAttributes.ReadOnly | FileAttributes.Hidden | FileAttributes.NotContentIndexed)]
    public void APlainOneIsTaken(FileAttributes attributes) => DiskFile.RequirePlain("d.vhdx", attributes);

    [Fact]
    public void APlainFileIsLeftAsItIs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "text");
        PlainFile.Make(folder["a"]);
        Assert.Equal("text", File.ReadAllText(folder["a"]));
    }
}
