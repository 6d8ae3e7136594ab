using System.IO;

namespace LinuxKitHyperV.Formats;

/// <summary>Writes a dynamic disk into a file, block by block, in their order. Blocks of zeros take no place.</summary>
internal abstract class DiskWriter
{
    // What file systems allocate at once: smaller holes save nothing.
    private const int PageSize = 4096;

    // A seek costs as much as writing some zeros.
    private const int SmallestGap = 16 * PageSize;

    /// <summary>Writes into an empty stream that stays its owner's.</summary>
    protected DiskWriter(Stream file, int blockSize)
    {
        File = file;
        BlockSize = blockSize;
    }

    /// <summary>What is written at once.</summary>
    public int BlockSize { get; }

    protected Stream File { get; }

    /// <summary>Writes a block.</summary>
    /// <param name="number">Its number; larger than that of the block before.</param>
    /// <param name="block">Its content.</param>
    public void Write(long number, byte[] block)
    {
        var start = Zeros.End(block, 0, BlockSize, PageSize);
        if (start == BlockSize)
        {
            return;
        }

        var place = Allocate(number);
        while (start < BlockSize)
        {
            var (end, next) = DataFrom(block, start);
            WriteAt(place + start, block, start, end - start);
            start = next;
        }
    }

    /// <summary>Writes what makes the file a disk.</summary>
    public abstract void Complete();

    /// <summary>Finds a place in the file for a block.</summary>
    protected abstract long Allocate(long number);

    /// <summary>Writes bytes to a place of the file.</summary>
    protected void WriteAt(long offset, byte[] bytes, int index, int count)
    {
        File.Position = offset;
        File.Write(bytes, index, count);
    }

    /// <summary>Writes a structure to a place of the file.</summary>
    protected void WriteAt(long offset, byte[] bytes) => WriteAt(offset, bytes, 0, bytes.Length);

    private (int End, int Next) DataFrom(byte[] block, int start)
    {
        var end = start;
        while (end < BlockSize)
        {
            if (!Zeros.Fill(block, end, PageSize))
            {
                end += PageSize;
                continue;
            }

            var next = Zeros.End(block, end, BlockSize, PageSize);
            if (next == BlockSize || next - end >= SmallestGap)
            {
                return (end, next);
            }

            end = next;
        }

        return (end, end);
    }
}
