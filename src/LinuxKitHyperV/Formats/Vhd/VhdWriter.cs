using System;
using System.IO;
using System.Text;

namespace LinuxKitHyperV.Formats.Vhd;

/// <summary>Writes a dynamic VHD, by Microsoft's Virtual Hard Disk Image Format Specification.</summary>
internal sealed class VhdWriter : DiskWriter
{
    private const int DynamicBlockSize = 2 << 20;
    private const int BitmapSize = DynamicBlockSize / VhdFooter.SectorSize / 8;
    private const int TableOffset = VhdFooter.Size + VhdFooter.DynamicHeaderSize;
    private const uint Version = 0x00010000;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly long _size;
    private readonly byte[] _table;
    private readonly byte[] _bitmap = new byte[BitmapSize];
    private long _next;

    /// <summary>Begins a disk.</summary>
    /// <param name="file">An empty stream.</param>
    /// <param name="size">The size of the disk in bytes: a multiple of 512.</param>
    public VhdWriter(Stream file, long size)
        : base(file, DynamicBlockSize)
    {
        _size = size;

        // The largest disk of the format needs 4 MiB of it.
        var entries = (size + BlockSize - 1) / BlockSize * sizeof(uint);
        _table = new byte[(entries + VhdFooter.Size - 1) / VhdFooter.Size * VhdFooter.Size];
        Fill(_table);
        Fill(_bitmap);
        _next = TableOffset + _table.Length;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        var footer = Footer();
        WriteAt(VhdFooter.Size, DynamicHeader());
        WriteAt(TableOffset, _table);
        WriteAt(_next, footer);
        WriteAt(0, footer);
    }

    /// <inheritdoc/>
    protected override long Allocate(long number)
    {
        BigEndian.Write(_table, (int)number * sizeof(uint), (uint)(_next / VhdFooter.SectorSize));
        WriteAt(_next, _bitmap);
        var place = _next + BitmapSize;
        _next = place + BlockSize;
        return place;
    }

    private static void Fill(byte[] bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = byte.MaxValue;
        }
    }

    private byte[] Footer()
    {
        var bytes = new byte[VhdFooter.Size];
        Text(bytes, 0, VhdFooter.Cookie);
        BigEndian.Write(bytes, 8, 2u);
        BigEndian.Write(bytes, 12, Version);
        BigEndian.Write(bytes, VhdFooter.DataOffset, (ulong)VhdFooter.Size);
        BigEndian.Write(bytes, 24, (uint)(DateTime.UtcNow - Epoch).TotalSeconds);

        // Of what Windows made, readers believe the size and not the geometry, which cannot tell every size.
        Text(bytes, 28, "win ");
        BigEndian.Write(bytes, 32, 0x000A0000u);
        Text(bytes, 36, "Wi2k");
        BigEndian.Write(bytes, 40, (ulong)_size);
        BigEndian.Write(bytes, VhdFooter.CurrentSize, (ulong)_size);
        BigEndian.Write(bytes, 56, Geometry(_size / VhdFooter.SectorSize));
        BigEndian.Write(bytes, VhdFooter.DiskType, VhdFooter.DynamicType);
        Buffer.BlockCopy(Guid.NewGuid().ToByteArray(), 0, bytes, 68, 16);
        BigEndian.Write(bytes, VhdFooter.Checksum, VhdFooter.Sum(bytes, VhdFooter.Checksum));
        return bytes;
    }

    private byte[] DynamicHeader()
    {
        var bytes = new byte[VhdFooter.DynamicHeaderSize];
        Text(bytes, 0, VhdFooter.DynamicCookie);
        BigEndian.Write(bytes, 8, ulong.MaxValue);
        BigEndian.Write(bytes, VhdFooter.TableOffset, (ulong)TableOffset);
        BigEndian.Write(bytes, 24, Version);
        BigEndian.Write(bytes, VhdFooter.MaxTableEntries, (uint)((_size + BlockSize - 1) / BlockSize));
        BigEndian.Write(bytes, VhdFooter.BlockSize, (uint)BlockSize);
        BigEndian.Write(bytes, VhdFooter.DynamicChecksum, VhdFooter.Sum(bytes, VhdFooter.DynamicChecksum));
        return bytes;
    }

    /// <summary>Cylinders, heads and sectors by the algorithm of the specification's appendix.</summary>
    private static uint Geometry(long totalSectors)
    {
        var sectors = Math.Min(totalSectors, 65535L * 16 * 255);
        long sectorsPerTrack = 17, heads;
        if (sectors >= 65535L * 16 * 63)
        {
            return Pack(sectors / 255 / 16, 16, 255);
        }

        var tracks = sectors / sectorsPerTrack;
        heads = Math.Max((tracks + 1023) / 1024, 4);
        foreach (var more in new[] { 31, 63 })
        {
            if (tracks >= heads * 1024 || heads > 16)
            {
                (sectorsPerTrack, heads) = (more, 16);
                tracks = sectors / sectorsPerTrack;
            }
        }

        return Pack(tracks / heads, heads, sectorsPerTrack);
    }

    private static uint Pack(long cylinders, long heads, long sectors) => ((uint)cylinders << 16) | ((uint)heads << 8) | (uint)sectors;

    private static void Text(byte[] bytes, int index, string text) => Encoding.ASCII.GetBytes(text, 0, text.Length, bytes, index);
}
