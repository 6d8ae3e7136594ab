using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>An ISO 9660 image with Rock Ridge: what Linux mounts. There is no Joliet: Linux prefers Rock Ridge, and only Rock Ridge has permissions.</summary>
internal sealed class IsoImage
{
    private const uint PathTableSector = IsoFormat.FirstDescriptor + 2;

    private readonly string _label;
    private readonly DateTime _time;
    private readonly IReadOnlyList<IsoNode> _folders;
    private readonly Dictionary<IIsoContent, uint> _contents = [];
    private readonly uint _sectors;

    /// <summary>Lays an image out.</summary>
    /// <param name="label">Its label, in capitals.</param>
    /// <param name="root">What is in it: no name longer than <see cref="RockRidge.MaximumName"/>, no file than <see cref="IsoFormat.MaximumFileLength"/>.</param>
    /// <param name="time">The time of everything in it, in universal time.</param>
    public IsoImage(string label, IsoFolder root, DateTime time)
    {
        _label = label;
        _time = time;
        _folders = FoldersOf(IsoNode.Root(root));
        _sectors = LayOut();
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="OperationCanceledException">The writing was canceled.</exception>
    public void Write(Stream stream, CancellationToken cancellation)
    {
        WriteSectors(stream, new byte[IsoFormat.FirstDescriptor * IsoFormat.SectorSize]);
        WriteSectors(stream, VolumeDescriptor());
        WriteSectors(stream, new IsoWriter().Bytes(IsoFormat.Terminator).Text(IsoFormat.Identifier, 5).Bytes(1).ToArray());
        WriteSectors(stream, PathTable(isBig: false));
        WriteSectors(stream, PathTable(isBig: true));
        foreach (var folder in _folders)
        {
            WriteSectors(stream, Directory(folder));
        }

        foreach (var content in _contents.Keys.OrderBy(content => _contents[content]))
        {
            content.CopyTo(stream, cancellation);
            Pad(stream, content.Length);
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
            folder.Length = SectorsOf(Directory(folder).Length) * IsoFormat.SectorSize;
            next += SectorsOf(folder.Length);
        }

        foreach (var file in _folders.SelectMany(folder => folder.Children).Where(child => !child.IsFolder))
        {
            var content = ((IsoFile)file.Entry).Content;
            file.Length = checked((uint)content.Length);
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
            .Bytes(IsoFormat.PrimaryDescriptor).Text(IsoFormat.Identifier, 5).Bytes(1, 0)
            .Text(string.Empty, 32).Text(_label, 32).ZerosTo(80)
            .Both32(_sectors).ZerosTo(120)
            .Both16(1).Both16(1).Both16(IsoFormat.SectorSize)
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
            var left = IsoFormat.SectorSize - (directory.Length % IsoFormat.SectorSize);
            directory.ZerosTo(directory.Length + (record.Length > left ? left : 0)).Bytes(record);
        }

        return directory.ToArray();
    }

    private byte[] Record(IsoNode node, byte[] identifier, byte[] systemUse)
    {
        var fields = new IsoWriter()
            .Both32(node.Sector).Both32(node.Length)
            .ShortTime(_time)
            .Bytes(node.IsFolder ? IsoFormat.FolderFlag : (byte)0, 0, 0)
            .Both16(1)
            .Bytes((byte)identifier.Length).Bytes(identifier);
        fields.ZerosTo(fields.Length + (fields.Length % 2)).Bytes(systemUse);
        fields.ZerosTo(fields.Length + (fields.Length % 2));
        return new IsoWriter().Bytes((byte)(fields.Length + 2), 0).Bytes(fields.ToArray()).ToArray();
    }

    private static void WriteSectors(Stream stream, byte[] bytes)
    {
        stream.Write(bytes, 0, bytes.Length);
        Pad(stream, bytes.Length);
    }

    private static void Pad(Stream stream, long length) =>
        stream.Write(new byte[IsoFormat.SectorSize], 0, (int)((SectorsOf(length) * IsoFormat.SectorSize) - length));

    private static uint SectorsOf(long length) => (uint)((length + IsoFormat.SectorSize - 1) / IsoFormat.SectorSize);
}
