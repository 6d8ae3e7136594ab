using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Metadata;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>An ISO 9660 image with Rock Ridge: what Linux mounts. There is no Joliet: Linux prefers Rock Ridge, and only Rock Ridge has permissions.</summary>
internal sealed class IsoImage
{
    private const int SectorLength = 2048;
    private const uint DescriptorSector = 16;
    private const uint PathTableSector = DescriptorSector + 2;
    private const byte FolderFlag = 2;
    private const int CopyLength = 1 << 20;

    private readonly string _label;
    private readonly DateTime _time;
    private readonly IReadOnlyList<IsoNode> _folders;
    private readonly Dictionary<MetadataContent, uint> _contents = [];
    private readonly uint _sectors;

    /// <summary>Lays an image out.</summary>
    /// <param name="label">Its label, in capitals.</param>
    /// <param name="root">What is in it.</param>
    /// <param name="time">The time of everything in it, in universal time.</param>
    /// <exception cref="LinuxKitException">MetadataFileTooLarge, MetadataNameInvalid.</exception>
    public IsoImage(string label, MetadataFolder root, DateTime time)
    {
        _label = label;
        _time = time;
        _folders = FoldersOf(IsoNode.Root(root));
        _sectors = LayOut();
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="LinuxKitException">MetadataNotReadable.</exception>
    /// <exception cref="OperationCanceledException">The writing was canceled.</exception>
    public void Write(Stream stream, CancellationToken cancellation)
    {
        WriteSectors(stream, new byte[DescriptorSector * SectorLength]);
        WriteSectors(stream, VolumeDescriptor());
        WriteSectors(stream, new IsoWriter().Bytes(255).Text("CD001", 5).Bytes(1).ToArray());
        WriteSectors(stream, PathTable(isBig: false));
        WriteSectors(stream, PathTable(isBig: true));
        foreach (var folder in _folders)
        {
            WriteSectors(stream, Directory(folder));
        }

        foreach (var content in _contents.Keys.OrderBy(content => _contents[content]))
        {
            Copy(content, stream, cancellation);
        }
    }

    /// <summary>The folders, each level before the next: the order of the path table.</summary>
    private static List<IsoNode> FoldersOf(IsoNode root)
    {
        var folders = new List<IsoNode> { root };
        for (var index = 0; index < folders.Count; index++)
        {
            folders.AddRange(folders[index].Children.Where(child => child.IsFolder));
        }

        return folders;
    }

    private uint LayOut()
    {
        var next = PathTableSector + (2 * SectorsOf(PathTable(isBig: false).Length));
        foreach (var folder in _folders)
        {
            folder.Sector = next;
            folder.Length = SectorsOf(Directory(folder).Length) * SectorLength;
            next += SectorsOf(folder.Length);
        }

        foreach (var file in _folders.SelectMany(folder => folder.Children).Where(child => !child.IsFolder))
        {
            var content = ((MetadataFile)file.Entry).Content;
            file.Length = content.Length <= uint.MaxValue ? (uint)content.Length : throw TooLarge(file.Entry.Name);
            if (content.Length > 0 && !_contents.ContainsKey(content))
            {
                _contents.Add(content, next);
                next += SectorsOf(content.Length);
            }

            file.Sector = content.Length > 0 ? _contents[content] : 0;
        }

        return next;
    }

    private byte[] VolumeDescriptor()
    {
        var pathTableLength = PathTable(isBig: false).Length;
        return new IsoWriter()
            .Bytes(1).Text("CD001", 5).Bytes(1, 0)
            .Text(string.Empty, 32).Text(_label, 32).ZerosTo(80)
            .Both32(_sectors).ZerosTo(120)
            .Both16(1).Both16(1).Both16(SectorLength)
            .Both32((uint)pathTableLength)
            .One32(PathTableSector, isBig: false).One32(0, isBig: false)
            .One32(PathTableSector + SectorsOf(pathTableLength), isBig: true).One32(0, isBig: true)
            .Bytes(Record(_folders[0], [0], []))
            .Text(string.Empty, 128).Text(string.Empty, 128).Text(string.Empty, 128).Text("LINUXKITHYPERV", 128)
            .Text(string.Empty, 37).Text(string.Empty, 37).Text(string.Empty, 37)
            .LongTime(_time).LongTime(_time).LongTime(null).LongTime(null)
            .Bytes(1)
            .ToArray();
    }

    private byte[] PathTable(bool isBig)
    {
        var numbers = _folders.Select((folder, index) => (folder, index)).ToDictionary(item => item.folder, item => item.index + 1);
        var table = new IsoWriter();
        foreach (var folder in _folders)
        {
            var identifier = ReferenceEquals(folder, folder.Parent) ? [0] : Encoding.ASCII.GetBytes(folder.Identifier);
            table.Bytes((byte)identifier.Length, 0).One32(folder.Sector, isBig).One16(numbers[folder.Parent], isBig).Bytes(identifier);
            table.ZerosTo(table.Length + (identifier.Length % 2));
        }

        return table.ToArray();
    }

    private byte[] Directory(IsoNode folder)
    {
        var isRoot = ReferenceEquals(folder, folder.Parent);
        var directory = new IsoWriter()
            .Bytes(Record(folder, [0], isRoot ? RockRidge.OfRoot(folder) : RockRidge.OfFolder(folder)))
            .Bytes(Record(folder.Parent, [1], RockRidge.OfFolder(folder.Parent)));
        foreach (var child in folder.Children)
        {
            var record = Record(child, Encoding.ASCII.GetBytes(child.Identifier), RockRidge.OfEntry(child));

            // No record goes over the end of a sector.
            var left = SectorLength - (directory.Length % SectorLength);
            directory.ZerosTo(directory.Length + (record.Length > left ? left : 0)).Bytes(record);
        }

        return directory.ToArray();
    }

    private byte[] Record(IsoNode node, byte[] identifier, byte[] systemUse)
    {
        var fields = new IsoWriter()
            .Both32(node.Sector).Both32(node.Length)
            .ShortTime(_time)
            .Bytes(node.IsFolder ? FolderFlag : (byte)0, 0, 0)
            .Both16(1)
            .Bytes((byte)identifier.Length).Bytes(identifier);
        fields.ZerosTo(fields.Length + (fields.Length % 2)).Bytes(systemUse);
        fields.ZerosTo(fields.Length + (fields.Length % 2));
        return new IsoWriter().Bytes((byte)(fields.Length + 2), 0).Bytes(fields.ToArray()).ToArray();
    }

    private static void Copy(MetadataContent content, Stream target, CancellationToken cancellation)
    {
        using var source = content.Open();
        var buffer = new byte[Math.Min(CopyLength, content.Length)];
        for (var left = content.Length; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (count == 0)
            {
                throw MetadataContent.NotReadable((source as FileStream)?.Name ?? string.Empty, new EndOfStreamException("It has become shorter meanwhile."));
            }

            target.Write(buffer, 0, count);
            left -= count;
        }

        Pad(target, content.Length);
    }

    private static void WriteSectors(Stream stream, byte[] bytes)
    {
        stream.Write(bytes, 0, bytes.Length);
        Pad(stream, bytes.Length);
    }

    private static void Pad(Stream stream, long length) =>
        stream.Write(new byte[SectorLength], 0, (int)((SectorsOf(length) * SectorLength) - length));

    private static uint SectorsOf(long length) => (uint)((length + SectorLength - 1) / SectorLength);

    private static LinuxKitException TooLarge(string name) => new(
        "MetadataFileTooLarge",
        FailureKind.InvalidArgument,
        $"'{name}' has 4 GB or more, and a file of a metadata image cannot have so much.",
        name,
        "Put large files on a data disk.");
}
