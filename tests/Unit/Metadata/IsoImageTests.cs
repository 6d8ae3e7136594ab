using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Metadata;
using Xunit;

namespace LinuxKitHyperV.Tests.Metadata;

public sealed class IsoImageTests
{
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public void HoldsFilesAndFoldersWithTheirModes()
    {
        var blob = new byte[5000];
        new Random(1).NextBytes(blob);
        var iso = Write(
            File("user-data", 384, "text"),
            File("empty", null, string.Empty),
            Folder("etc", 448, new MetadataFile("blob.bin", 493, MetadataContent.OfBytes(blob)), Folder("deeper", null, File("ümläut €.conf", null, "x"))));

        Assert.Equal("CIDATA", iso.Label);
        Assert.Equal(
            [("empty", 420u), ("etc", 448u), ("etc/blob.bin", 493u), ("etc/deeper", 493u), ("etc/deeper/ümläut €.conf", 420u), ("user-data", 384u)],
            iso.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value.Mode)));
        Assert.Equal(blob, iso.Entries["etc/blob.bin"].Content);
        Assert.Equal("text", iso.ReadText("user-data"));
    }

    [Fact]
    public void HoldsMoreFilesThanASectorHasRecords()
    {
        var iso = Write([.. Enumerable.Range(0, 700).Select(number => File($"a-file-with-a-longer-name-{number}.txt", null, $"{number}"))]);
        Assert.Equal(700, iso.Entries.Count);
        Assert.All(Enumerable.Range(0, 700), number => Assert.Equal($"{number}", iso.ReadText($"a-file-with-a-longer-name-{number}.txt")));
    }

    [Fact]
    public void NoRecordGoesOverTheEndOfASector()
    {
        // With every length of the first name, the last record of a sector ends elsewhere.
        for (var length = 1; length <= 110; length++)
        {
            using var stream = new MemoryStream();
            MetadataEntry[] entries = [File(new string('0', length), null, "x"), .. Enumerable.Range(100, 60).Select(number => File($"{number}-twenty-characters", null, "x"))];
            MetadataImage.LayOut(new MetadataFolder(string.Empty, null, entries), Time).Write(stream, CancellationToken.None);
            var iso = stream.ToArray();

            // The root's record lies in the volume's descriptor (ECMA-119, 8.4.18).
            var root = iso.AsSpan((16 * 2048) + 156);
            var (start, size) = (BinaryPrimitives.ReadInt32LittleEndian(root[2..]) * 2048, BinaryPrimitives.ReadInt32LittleEndian(root[10..]));
            var count = 0;
            for (var sector = start; sector < start + size; sector += 2048)
            {
                for (var place = sector; place < sector + 2048 && iso[place] > 0; place += iso[place])
                {
                    Assert.InRange(place + iso[place], place, sector + 2048);
                    count++;
                }
            }

            Assert.Equal(63, count);
        }
    }

    [Fact]
    public void HoldsAsManyLevelsAsTheStandardAllows()
    {
        MetadataEntry entry = File("file", null, "deep");
        for (var level = 1; level < MetadataFolder.MaximumDepth; level++)
        {
            entry = Folder($"level{level}", null, entry);
        }

        Assert.Contains(Write(entry).Entries, found => found.Key.EndsWith("/file", StringComparison.Ordinal));
    }

    [Fact]
    public void WritesTheSameContentOnce()
    {
        var content = MetadataContent.OfBytes(new byte[100_000]);
        using var once = new MemoryStream();
        using var twice = new MemoryStream();
        MetadataImage.LayOut(new MetadataFolder(string.Empty, null, [new MetadataFile("a", null, content)]), Time).Write(once, CancellationToken.None);
        MetadataImage.LayOut(new MetadataFolder(string.Empty, null, [new MetadataFile("a", null, content), new MetadataFile("b", null, content)]), Time).Write(twice, CancellationToken.None);
        Assert.Equal(once.Length, twice.Length);
    }

    [Fact]
    public void TakesTheLongestNameThatItHasRoomFor()
    {
        var name = new string('n', 169);
        Assert.Equal([name], Write(File(name, null, "x")).Entries.Keys);
        var error = Assert.Throws<LinuxKitException>(() => Write(File(name + "n", null, "x")));
        Assert.Equal("MetadataNameInvalid", error.ErrorId);
    }

    [Fact]
    public void TakesFilesOfLessThan4GB()
    {
        using var folder = new TemporaryFolder();
        using (var file = new FileStream(folder["large"], FileMode.CreateNew))
        {
            // Nothing of it is written: the file has a hole.
            file.SetLength(uint.MaxValue);
        }

        _ = MetadataImage.LayOut(new MetadataFolder(string.Empty, null, [new MetadataFile("large", null, MetadataContent.OfFile(folder["large"]))]), Time);
        using (var file = new FileStream(folder["large"], FileMode.Open))
        {
            file.SetLength(1L << 32);
        }

        var error = Assert.Throws<LinuxKitException>(() =>
            MetadataImage.LayOut(new MetadataFolder(string.Empty, null, [new MetadataFile("large", null, MetadataContent.OfFile(folder["large"]))]), Time));
        Assert.Equal("MetadataFileTooLarge", error.ErrorId);
    }

    [Fact]
    public void LeavesNothingWhereItIsNotWrittenWhole()
    {
        using var folder = new TemporaryFolder();
        var volume = new MetadataFolder(string.Empty, null, [File("user-data", null, "text")]);
        Assert.Throws<OperationCanceledException>(() => MetadataImage.Create(folder["m.iso"], volume, new CancellationToken(canceled: true)));
        Assert.False(System.IO.File.Exists(folder["m.iso"]));
    }

    [Fact]
    public void LeavesAFileThatIsThereAlone()
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["m.iso"], "mine");
        var volume = new MetadataFolder(string.Empty, null, [File("user-data", null, "text")]);
        Assert.Equal("MetadataNotWritable", Assert.Throws<LinuxKitException>(() => MetadataImage.Create(folder["m.iso"], volume, CancellationToken.None)).ErrorId);
        Assert.Equal("mine", System.IO.File.ReadAllText(folder["m.iso"]));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void IsReadByItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead.");
        using var folder = new TemporaryFolder();
        MetadataImage.Create(folder["m.iso"], new MetadataFolder(string.Empty, null, [File("user-data", null, "text")]), CancellationToken.None);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(folder["m.iso"]));
    }

    private static IsoReader Write(params MetadataEntry[] entries)
    {
        using var stream = new MemoryStream();
        MetadataImage.LayOut(new MetadataFolder(string.Empty, null, entries), Time).Write(stream, CancellationToken.None);
        return new IsoReader(stream.ToArray());
    }

    private static MetadataFile File(string name, int? mode, string text) => new(name, mode, MetadataContent.OfText(text));

    private static MetadataFolder Folder(string name, int? mode, params IReadOnlyList<MetadataEntry> entries) => new(name, mode, entries);
}
