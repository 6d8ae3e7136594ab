using System;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Ext;

/// <summary>A file or a folder of ext4, by extents, or by the first blocks of ext2's list.</summary>
internal sealed class Ext4File : ImageContent
{
    public const int InodeSize = 128;

    private const uint UsesExtents = 0x80000;
    private const uint IsInline = 0x10000000;
    private const int BlocksIndex = 40;
    private const int BlocksSize = 60;
    private const int DirectBlocks = 12;
    private const ushort ExtentMagic = 0xF30A;
    private const int ExtentSize = 12;
    private const int MostDepth = 5;
    private const ushort MostInitialized = 32768;

    private readonly ImageContent _partition;
    private readonly int _blockSize;
    private readonly byte[] _blocks = new byte[BlocksSize];
    private readonly bool _usesExtents;

    /// <summary>What an inode describes.</summary>
    public Ext4File(ImageContent partition, int blockSize, byte[] inode)
    {
        _partition = partition;
        _blockSize = blockSize;
        Buffer.BlockCopy(inode, BlocksIndex, _blocks, 0, BlocksSize);
        var flags = LittleEndian.UInt32(inode, 32);
        _usesExtents = (flags & UsesExtents) != 0;
        Length = LittleEndian.UInt32(inode, 4) | ((long)(LittleEndian.UInt32(inode, 108) & int.MaxValue) << 32);
        if ((flags & IsInline) != 0)
        {
            throw ImageFormatException.NotSupported("A file of its file system is kept in its inode.");
        }
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    protected override void ReadCore(long offset, byte[] buffer, int index, int count)
    {
        while (count > 0)
        {
            var within = (int)(offset % _blockSize);
            var part = Math.Min(count, _blockSize - within);
            if (Block(offset / _blockSize) is { } block and not 0)
            {
                _partition.Read((block * _blockSize) + within, buffer, index, part);
            }
            else
            {
                Array.Clear(buffer, index, part);
            }

            offset += part;
            index += part;
            count -= part;
        }
    }

    private long Block(long number)
    {
        if (!_usesExtents)
        {
            return number < DirectBlocks
                ? LittleEndian.UInt32(_blocks, (int)number * sizeof(uint))
                : throw ImageFormatException.NotSupported("A file of its file system is longer than what is read of ext2.");
        }

        var node = _blocks;
        for (var depth = 0; depth <= MostDepth; depth++)
        {
            if (LittleEndian.UInt16(node, 0) != ExtentMagic)
            {
                break;
            }

            var isLeaf = LittleEndian.UInt16(node, 6) == 0;
            var entry = LastEntryUpTo(node, number);
            if (entry < 0)
            {
                return 0;
            }

            if (isLeaf)
            {
                return BlockOfExtent(node, entry, number);
            }

            var child = LittleEndian.UInt32(node, entry + 4) | ((long)LittleEndian.UInt16(node, entry + 8) << 32);
            node = _partition.Read(child * _blockSize, _blockSize);
        }

        throw ImageFormatException.Damaged("A file of its file system has damaged extents.");
    }

    private static int LastEntryUpTo(byte[] node, long number)
    {
        var found = -1;
        int count = LittleEndian.UInt16(node, 2);
        for (var index = ExtentSize; index <= count * ExtentSize && index + ExtentSize <= node.Length && LittleEndian.UInt32(node, index) <= number; index += ExtentSize)
        {
            found = index;
        }

        return found;
    }

    private static long BlockOfExtent(byte[] node, int entry, long number)
    {
        int length = LittleEndian.UInt16(node, entry + 4);
        var within = number - LittleEndian.UInt32(node, entry);

        // Longer ones are reserved, and not written yet.
        return length <= MostInitialized && within < length
            ? (((long)LittleEndian.UInt16(node, entry + 6) << 32) | LittleEndian.UInt32(node, entry + 8)) + within
            : 0;
    }
}
