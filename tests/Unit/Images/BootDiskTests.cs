using System;
using System.IO;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Fat;
using LinuxKitHyperV.Formats.Iso9660;
using LinuxKitHyperV.Formats.Partitions;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Partition tables and file systems, as other programs write them, and damaged.</summary>
public sealed class BootDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2880)]
    [InlineData(65536)]
    [InlineData(204800, "-F")]
    public void EveryKindOfFatIsRead(int sectors, params string[] options)
    {
        using (var file = File.Create(_folder["fat"]))
        {
            file.SetLength(sectors * 512L);
        }

        File.WriteAllText(_folder["a rather long name.cfg"], "content");
        OtherProgram.Run("mformat", ["-i", _folder["fat"], "-T", $"{sectors}", "-h", "16", "-s", "63", .. options, "::"]);
        OtherProgram.Run("mmd", "-i", _folder["fat"], "::/EFI", "::/EFI/BOOT");
        OtherProgram.Run("mcopy", "-i", _folder["fat"], _folder["a rather long name.cfg"], "::/EFI/BOOT");
        using var content = new FileContent(File.OpenRead(_folder["fat"]));
        var files = FatFileSystem.Open(content)!;
        Assert.Equal("content", files.ReadText("efi/boot/A RATHER LONG NAME.CFG"));
        Assert.Contains("a rather long name.cfg", files.List("EFI/BOOT"));
        Assert.Null(files.Find("EFI/BOOT/missing"));
        Assert.Empty(files.List("missing"));
    }

    [Fact]
    public void TheBackupOfTheTableIsReadWhereTheFirstIsDamaged()
    {
        var disk = TestImage.EfiDisk();
        disk[512 + 40] ^= 1;
        Assert.Equal(LinuxKitBootMode.Uefi, Inspect(disk).BootMode);
        disk[^(512 - 40)] ^= 1;
        Assert.Equal(ImageFault.Damaged, Assert.Throws<ImageFormatException>(() => Inspect(disk)).Fault);
    }

    [Fact]
    public void DamagedEntriesOfTheTableAreNotBelieved()
    {
        var disk = TestImage.EfiDisk();
        disk[1024 + 32] ^= 1;
        Assert.Equal(LinuxKitBootMode.Uefi, Inspect(disk).BootMode);
        disk[disk.Length - (33 * 512) + 32] ^= 1;
        Assert.Equal(ImageFault.Damaged, Assert.Throws<ImageFormatException>(() => Inspect(disk)).Fault);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void ATableThatSpeaksOfMoreSectorsThanThereAreIsRefused(int lastUsableFromEnd, bool isRead)
    {
        var disk = DiskBuilder.Gpt(FatBuilder.Build([]), lastUsableFromEnd);
        using var content = new FileContent(new MemoryStream(disk));
        if (isRead)
        {
            Assert.Equal(2048 * 512, Assert.Single(GuidPartitionTable.Read(content)).Offset);
            return;
        }

        var exception = Assert.Throws<ImageFormatException>(() => GuidPartitionTable.Read(content));
        Assert.Equal(ImageFault.Truncated, exception.Fault);
        Assert.Contains($"{(disk.Length / 512) - lastUsableFromEnd + 1} sectors", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(34, 1)]
    [InlineData(33, 0)]
    public void APartitionThatEndsPastTheLastUsableSectorIsNone(int lastFromEnd, int count)
    {
        using var content = new FileContent(new MemoryStream(DiskBuilder.Gpt(FatBuilder.Build([]), lastFromEnd: lastFromEnd)));
        Assert.Equal(count, GuidPartitionTable.Read(content).Count);
    }

    [Fact]
    public void ADiskWithoutCodeForABiosDoesNotBoot()
    {
        var disk = TestImage.BiosDisk();
        disk[0] = 0;
        Assert.Equal(LinuxKitBootMode.None, Inspect(disk).BootMode);
    }

    [Fact]
    public void AnExt4WhoseDescriptorsHaveNoRoomIsRefused()
    {
        using (var file = File.Create(_folder["ext4"]))
        {
            file.SetLength(2 << 20);
        }

        OtherProgram.Run("/sbin/mke2fs", "-q", "-F", "-text4", "-O64bit", _folder["ext4"]);
        var partition = File.ReadAllBytes(_folder["ext4"]);
        Assert.Equal(LinuxKitBootMode.Bios, Inspect(DiskBuilder.Mbr(partition)).BootMode);
        partition[1024 + 254] = 8;
        Assert.Equal(ImageFault.Damaged, Assert.Throws<ImageFormatException>(() => Inspect(DiskBuilder.Mbr(partition))).Fault);
    }

    [Fact]
    public void AnIsoIsReadByItsJolietNamesToo()
    {
        Directory.CreateDirectory(Path.Combine(_folder["tree"], "EFI", "BOOT"));
        File.WriteAllText(Path.Combine(_folder["tree"], "EFI", "BOOT", "a rather long name.cfg"), "content");
        foreach (var names in new[] { "-R", "-J" })
        {
            OtherProgram.Run("xorriso", "-as", "mkisofs", "-quiet", names, "-o", _folder["iso" + names], _folder["tree"]);
            using var content = new FileContent(File.OpenRead(_folder["iso" + names]));
            Assert.Equal("content", Iso9660FileSystem.Open(content).ReadText("efi/boot/A Rather Long Name.cfg"));
        }
    }

    private static LinuxKitImage Inspect(byte[] image) => ImageFile.Inspect("image", new MemoryStream(image));
}
