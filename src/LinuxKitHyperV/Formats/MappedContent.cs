using System;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats;

/// <summary>A disk whose blocks lie anywhere in a file, as a table says.</summary>
internal abstract class MappedContent : ImageContent
{
    // A table may be long: whoever asks for an extent wants to be able to stop in between.
    private const int MostRunsOfAnExtent = 4096;

    private readonly byte[] _inflated;
    private long _inflatedOffset = -1;

    /// <summary>A disk in a file, which stays its owner's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="compressedLength">The length of a compressed block once it is inflated; 0 where there are none.</param>
    protected MappedContent(ImageContent file, int compressedLength = 0)
    {
        File = file;
        _inflated = new byte[compressedLength];
    }

    protected ImageContent File { get; }

    /// <inheritdoc/>
    public sealed override Extent ExtentAt(long offset)
    {
        var run = Locate(offset);
        var end = run.End;
        for (var count = 0; end < Length && count < MostRunsOfAnExtent; count++)
        {
            var next = Locate(end);
            if (next.IsHole != run.IsHole)
            {
                break;
            }

            end = next.End;
        }

        return new Extent(offset, Math.Min(end, Length) - offset, !run.IsHole);
    }

    /// <inheritdoc/>
    protected sealed override void ReadCore(long offset, byte[] buffer, int index, int count)
    {
        while (count > 0)
        {
            var run = Locate(offset);
            var part = (int)Math.Min(count, run.End - offset);
            if (run.IsHole)
            {
                Array.Clear(buffer, index, part);
            }
            else if (run.CompressedLength == 0)
            {
                part = (int)Math.Min(count, EndOfContiguous(offset, run, offset + count) - offset);
                File.Read(run.FileOffset, buffer, index, part);
            }
            else
            {
                var start = offset - (offset % _inflated.Length);
                Inflate(start, run);
                Buffer.BlockCopy(_inflated, (int)(offset - start), buffer, index, part);
            }

            offset += part;
            index += part;
            count -= part;
        }
    }

    /// <summary>Finds the run at a place of the disk; it has at least one byte.</summary>
    protected abstract BlockRun Locate(long offset);

    // Blocks mostly follow each other in the file too: they are read in one go.
    private long EndOfContiguous(long offset, BlockRun run, long wanted)
    {
        var end = run.End;
        while (end < wanted && Locate(end) is { IsHole: false, CompressedLength: 0 } next && next.FileOffset - run.FileOffset == end - offset)
        {
            end = next.End;
        }

        return end;
    }

    private void Inflate(long start, BlockRun run)
    {
        if (_inflatedOffset != start)
        {
            _inflatedOffset = -1;
            Deflate.Inflate(File, run.FileOffset, run.CompressedLength, _inflated, (int)Math.Min(_inflated.Length, Length - start));
            _inflatedOffset = start;
        }
    }

    /// <summary>What is at a place of the disk, and how far it goes.</summary>
    /// <param name="End">Where on the disk it ends.</param>
    /// <param name="FileOffset">Where in the file it is; negative for a hole.</param>
    /// <param name="CompressedLength">How many bytes of the file it is made of, where it is compressed; else 0.</param>
    protected readonly record struct BlockRun(long End, long FileOffset, int CompressedLength = 0)
    {
        /// <summary>Whether it reads as zeros.</summary>
        public bool IsHole => FileOffset < 0;

        public static BlockRun Hole(long end) => new(end, -1);
    }
}
