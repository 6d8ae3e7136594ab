using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace HyperV.Qemu.Disks;

/// <summary>Writes an empty differencing disk: a qcow2 file of version 3 that is based on another.</summary>
/// <remarks>Names as in QEMU's docs/interop/qcow2. It takes no program: machines that keep state only have checkpoints too.</remarks>
internal static class OverlayWriter
{
    private const int ClusterBits = 16;
    private const int Cluster = 1 << ClusterBits;
    private const int HeaderLength = 104;
    private const uint BackingFormat = 0xE2792ACA;

    // An entry of the first table stands for a cluster full of entries, each of which stands for a cluster.
    private const long MappedByEntry = (long)(Cluster / sizeof(ulong)) * Cluster;

    // Of all clusters in front of the first table's.
    private const int RefcountTable = 1;
    private const int RefcountBlock = 2;
    private const int FirstTable = 3;

    /// <summary>Writes the file, which must not be there.</summary>
    public static void Write(string path, string parentPath, string parentFormat, long size)
    {
        var entries = (int)((size + MappedByEntry - 1) / MappedByEntry);
        var clusters = FirstTable + (((entries * sizeof(ulong)) + Cluster - 1) / Cluster);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(Header(parentPath, parentFormat, size, entries));

        file.Position = RefcountTable * Cluster;
        file.Write(BigEndian((ulong)(RefcountBlock * Cluster)));

        file.Position = RefcountBlock * Cluster;
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            file.Write([0, 1]);
        }

        file.SetLength((long)clusters * Cluster);
    }

    private static byte[] Header(string parentPath, string parentFormat, long size, int entries)
    {
        var name = Encoding.UTF8.GetBytes(parentPath);
        if (name.Length > Overlay.LongestName)
        {
            throw new IOException($"The path '{parentPath}' is too long for a disk to be based on.");
        }

        // Behind the header lies the name of the parent's format, then an empty extension that ends them, then the parent's path.
        var format = Encoding.UTF8.GetBytes(parentFormat);
        var nameOffset = HeaderLength + 8 + ((format.Length + 7) / 8 * 8) + 8;
        var bytes = new byte[nameOffset + name.Length];
        Overlay.Signature.CopyTo(bytes);
        Put(4, 3);
        Put(12, (uint)nameOffset);
        Put(16, (uint)name.Length);
        Put(20, ClusterBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), size);
        Put(36, (uint)entries);
        Put(44, FirstTable * Cluster);
        Put(52, RefcountTable * Cluster);
        Put(56, 1);

        // Counts of 16 bits.
        Put(96, 4);
        Put(100, HeaderLength);
        Put(HeaderLength, BackingFormat);
        Put(HeaderLength + 4, (uint)format.Length);
        format.CopyTo(bytes, HeaderLength + 8);
        name.CopyTo(bytes, nameOffset);
        return bytes;

        void Put(int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(offset), value);
    }

    private static byte[] BigEndian(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
