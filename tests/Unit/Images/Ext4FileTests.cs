using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Ext;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Files of ext4 by their extents: what no extent has, and what one only reserves, reads as zeros.</summary>
public sealed class Ext4FileTests
{
    private const int BlockSize = 1024;
    private const int Reserved = 32768;

    [Theory]
    [InlineData("5 6 0", 3, 0, 2, 5)]
    [InlineData("0 5 0", 3, 1, 1, 5)]
    [InlineData("0 0 9", 3, 2, 1, 9)]
    [InlineData("5 6 7", 3, 0, 32768, 5)]
    [InlineData("0 0 0", 3, 0, Reserved + 2, 5)]
    public void EachBlockIsReadFromItsPlace(string expected, int blocks, int first, int length, int place)
    {
        using var file = File(blocks, first, length, place);
        var read = Enumerable.Range(0, blocks).Select(block => file.Read(block * BlockSize, BlockSize)).ToList();
        Assert.Equal(expected, string.Join(' ', read.Select(block => block[0])));
        Assert.All(read, block => Assert.Single(block.Distinct()));
    }

    /// <summary>A file of one extent, on a partition whose every byte is the number of its block.</summary>
    private static Ext4File File(int blocks, int first, int length, int place)
    {
        var inode = new byte[Ext4File.InodeSize];
        BinaryPrimitives.WriteInt32LittleEndian(inode.AsSpan(4), blocks * BlockSize);
        BinaryPrimitives.WriteUInt32LittleEndian(inode.AsSpan(32), 0x80000);
        var tree = inode.AsSpan(40);
        BinaryPrimitives.WriteUInt16LittleEndian(tree, 0xF30A);
        BinaryPrimitives.WriteUInt16LittleEndian(tree[2..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(tree[4..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(tree[12..], first);
        BinaryPrimitives.WriteUInt16LittleEndian(tree[16..], (ushort)length);
        BinaryPrimitives.WriteInt32LittleEndian(tree[20..], place);
        var partition = Enumerable.Range(0, 16 * BlockSize).Select(index => (byte)(index / BlockSize)).ToArray();
        return new Ext4File(new FileContent(new MemoryStream(partition)), BlockSize, inode);
    }
}
