using System;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Tar;

/// <summary>A file in a tar.</summary>
/// <param name="Name">Its path there.</param>
/// <param name="Length">Its length in bytes, holes included.</param>
/// <param name="Runs">Its data, in order; what is between them is a hole.</param>
internal sealed record TarMember(string Name, long Length, IReadOnlyList<TarRun> Runs)
{
    private const int SectorSize = 512;
    private const long LeastWithoutName = 1 << 20;

    private static readonly string[] DiskExtensions = [".raw", ".img", ".bin", ".disk", ".dd", ".hdd", ".iso", ".vhd", ".vhdx", ".vmdk", ".qcow2"];

    /// <summary>Whether it is meant to be a disk, and no text, checksum, description, or what macOS keeps of a file beside it (._disk.raw).</summary>
    public bool IsDisk
    {
        get
        {
            var name = Name.Substring(Name.LastIndexOf('/') + 1);
            return !name.StartsWith(".", StringComparison.Ordinal) &&
                (DiskExtensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) || (Length >= LeastWithoutName && Length % SectorSize == 0));
        }
    }

    /// <summary>A file whose map says where its data belongs.</summary>
    /// <param name="name">Its path.</param>
    /// <param name="length">Its length.</param>
    /// <param name="map">Where each stretch of data belongs in it, and how long it is.</param>
    /// <param name="start">Where in the tar the data begins.</param>
    /// <param name="stored">How much data the tar has.</param>
    /// <exception cref="ImageFormatException">The map cannot be.</exception>
    public static TarMember Sparse(string name, long length, IEnumerable<(long Offset, long Length)> map, long start, long stored)
    {
        var runs = new List<TarRun>();
        var end = 0L;
        var data = 0L;
        foreach (var (offset, size) in map)
        {
            if (offset < end || size < 0 || size > length - offset || size > stored - data)
            {
                throw ImageFormatException.Damaged("The map of a sparse file in the tar is damaged.");
            }

            if (size > 0)
            {
                runs.Add(new TarRun(offset, size, start + data));
            }

            end = offset + size;
            data += size;
        }

        return new TarMember(name, length, runs);
    }
}

/// <summary>A stretch of a file's data.</summary>
/// <param name="Offset">Where in the file it belongs.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Place">Where in the tar it is.</param>
internal readonly record struct TarRun(long Offset, long Length, long Place);
