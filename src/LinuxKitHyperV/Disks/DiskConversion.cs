using System;
using System.IO;
using System.Threading;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats;
using LinuxKitHyperV.Formats.Vhd;
using LinuxKitHyperV.Formats.Vhdx;

namespace LinuxKitHyperV.Disks;

/// <summary>Writes the disk that is in an image into a dynamic VHDX or VHD: holes and zeros cost neither time nor space.</summary>
internal static class DiskConversion
{
    // The sizes of disks are multiples of their physical sectors.
    private const long SizeUnit = 4096;

    private const int WithoutBuffer = 1;

    /// <summary>The size that a disk gets: no smaller than Hyper-V makes them.</summary>
    /// <param name="contentLength">The length of what it has to hold.</param>
    public static long SizeFor(long contentLength) => Math.Max(DiskSpec.MinimumSizeBytes, (contentLength + SizeUnit - 1) / SizeUnit * SizeUnit);

    /// <summary>The largest disk of a format.</summary>
    public static long MaximumSizeOf(bool isVhd) => isVhd ? VhdFooter.MaximumDiskSize : VhdxFormat.MaximumDiskSize;

    /// <summary>Writes a file, which must not be there. What is written in part is left to the caller.</summary>
    /// <param name="source">What the disk holds.</param>
    /// <param name="path">The file.</param>
    /// <param name="isVhd">Whether it becomes a VHD; else a VHDX.</param>
    /// <param name="size">The disk's size, not less than the length of what it holds.</param>
    /// <param name="progress">Is told how far the conversion has come.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ImageFormatException">The image cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static void Run(ImageContent source, string path, bool isVhd, long size, Action<ConversionProgress> progress, CancellationToken cancellation)
    {
        new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, WithoutBuffer).Dispose();

        // While it is empty, that costs nothing.
        PlainFile.Make(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, WithoutBuffer);
        Run(source, isVhd ? new VhdWriter(file, size) : new VhdxWriter(file, size), progress, cancellation);
    }

    private static void Run(ImageContent source, DiskWriter writer, Action<ConversionProgress> progress, CancellationToken cancellation)
    {
        var block = new byte[writer.BlockSize];
        var copied = 0L;
        var extent = default(Extent);
        for (var start = 0L; start < source.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            extent = ExtentAt(source, extent, start);
            var end = Math.Min(start + block.Length, source.Length);
            if (!extent.IsData && extent.End >= end)
            {
                // On to the block in which the next data begin.
                start = extent.End >= source.Length ? source.Length : extent.End / block.Length * block.Length;
                continue;
            }

            extent = Read(source, extent, start, end, block);
            writer.Write(start / block.Length, block);
            copied += end - start;
            start = end;
            progress(new ConversionProgress(start, source.Length, copied));
        }

        writer.Complete();
    }

    // Gives back the last extent of the block, in which the next block may be too.
    private static Extent Read(ImageContent source, Extent extent, long start, long end, byte[] block)
    {
        for (var offset = start; offset < end; offset = Math.Min(extent.End, end))
        {
            extent = ExtentAt(source, extent, offset);
            var count = (int)(Math.Min(extent.End, end) - offset);
            if (extent.IsData)
            {
                source.Read(offset, block, (int)(offset - start), count);
            }
            else
            {
                Array.Clear(block, (int)(offset - start), count);
            }
        }

        Array.Clear(block, (int)(end - start), block.Length - (int)(end - start));
        return extent;
    }

    private static Extent ExtentAt(ImageContent source, Extent known, long offset) =>
        offset >= known.Offset && offset < known.End ? known : source.ExtentAt(offset);
}

/// <summary>How far a conversion has come.</summary>
/// <param name="Position">Up to where the image has been looked at, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="BytesCopied">How much of it had to be read.</param>
internal readonly record struct ConversionProgress(long Position, long Length, long BytesCopied);
