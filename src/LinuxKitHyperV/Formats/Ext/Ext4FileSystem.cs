using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Ext;

/// <summary>ext2, ext3 and ext4: the kernel's Documentation/filesystems/ext4. Small files and folders are all that is read.</summary>
internal sealed class Ext4FileSystem : BootFileSystem
{
    private const int SuperblockOffset = 1024;
    private const int SuperblockSize = 1024;
    private const ushort Magic = 0xEF53;
    private const uint Has64Bit = 0x80;
    private const uint HasMetaGroups = 0x10;
    private const uint RootInode = 2;
    private const ushort FolderMode = 0x4000;
    private const ushort FileMode = 0x8000;
    private const ushort TypeMask = 0xF000;
    private const int MostFolderSize = 1 << 20;
    private const int LeastDescriptorSize = 32;

    private readonly ImageContent _partition;
    private readonly int _blockSize;
    private readonly uint _inodesPerGroup;
    private readonly int _inodeSize;
    private readonly int _descriptorSize;
    private readonly long _descriptorsOffset;

    private Ext4FileSystem(ImageContent partition, byte[] superblock, int blockSize)
    {
        _partition = partition;
        _blockSize = blockSize;
        _inodesPerGroup = LittleEndian.UInt32(superblock, 40);

        // The first revision has no field for it.
        _inodeSize = LittleEndian.UInt32(superblock, 76) == 0 ? 128 : LittleEndian.UInt16(superblock, 88);
        _descriptorSize = (LittleEndian.UInt32(superblock, 96) & Has64Bit) != 0 ? LittleEndian.UInt16(superblock, 254) : LeastDescriptorSize;
        if (_descriptorSize < LeastDescriptorSize)
        {
            throw ImageFormatException.Damaged($"The groups of its file system have descriptors of {_descriptorSize} bytes.");
        }

        _descriptorsOffset = (LittleEndian.UInt32(superblock, 20) + 1L) * blockSize;
    }

    /// <summary>The file system of a partition; null where it is none of these.</summary>
    /// <exception cref="ImageFormatException">It is damaged.</exception>
    public static Ext4FileSystem? Open(ImageContent partition)
    {
        if (partition.Length < SuperblockOffset + SuperblockSize)
        {
            return null;
        }

        var superblock = partition.Read(SuperblockOffset, SuperblockSize);
        var blockBits = LittleEndian.UInt32(superblock, 24);
        return LittleEndian.UInt16(superblock, 56) == Magic && blockBits <= 6 && LittleEndian.UInt32(superblock, 40) > 0 &&
            (LittleEndian.UInt32(superblock, 96) & HasMetaGroups) == 0
                ? new Ext4FileSystem(partition, superblock, 1024 << (int)blockBits)
                : null;
    }

    /// <inheritdoc/>
    public override ImageContent? Find(string path) => FindInode(path) is { } inode && inode.Is(FileMode) ? new Ext4File(_partition, _blockSize, inode.Bytes) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> List(string folder) =>
        FindInode(folder) is { } inode && inode.Is(FolderMode) ? [.. Read(inode).Select(entry => entry.Name)] : [];

    private Inode? FindInode(string path)
    {
        var found = ReadInode(RootInode);
        foreach (var name in path.Split(['/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!found.Is(FolderMode))
            {
                return null;
            }

            var entry = Read(found).FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (entry.Inode == 0)
            {
                return null;
            }

            found = ReadInode(entry.Inode);
        }

        return found;
    }

    private Inode ReadInode(uint number)
    {
        var group = (number - 1) / _inodesPerGroup;
        var descriptor = _partition.Read(_descriptorsOffset + (group * (long)_descriptorSize), _descriptorSize);
        long table = LittleEndian.UInt32(descriptor, 8);
        if (descriptor.Length >= 64)
        {
            table |= (long)(LittleEndian.UInt32(descriptor, 40) & 0xFFFF) << 32;
        }

        return new Inode(_partition.Read((table * _blockSize) + ((number - 1) % _inodesPerGroup * (long)_inodeSize), Ext4File.InodeSize));
    }

    private IEnumerable<(string Name, uint Inode)> Read(Inode folder)
    {
        var content = new Ext4File(_partition, _blockSize, folder.Bytes);
        for (var offset = 0L; offset < Math.Min(content.Length, MostFolderSize); offset += _blockSize)
        {
            var block = content.Read(offset, (int)Math.Min(_blockSize, content.Length - offset));
            int length;
            for (var index = 0; index + 8 <= block.Length && (length = LittleEndian.UInt16(block, index + 4)) >= 8; index += length)
            {
                var inode = LittleEndian.UInt32(block, index);
                int nameLength = block[index + 6];
                if (inode != 0 && index + 8 + nameLength <= block.Length)
                {
                    yield return (Encoding.UTF8.GetString(block, index + 8, nameLength), inode);
                }
            }
        }
    }

    private sealed record Inode(byte[] Bytes)
    {
        public bool Is(ushort mode) => (LittleEndian.UInt16(Bytes, 0) & TypeMask) == mode;
    }
}
