using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats.Tar;

/// <summary>The disk in a gzipped tar, with its holes. It can be read forwards only: going back begins again.</summary>
internal sealed class GzipTarContent : MappedContent
{
    private readonly TarMember _disk;

    // Whoever reads forwards finds each run where the one before ends.
    private int _run;

    private GzipTarContent(InflatedContent tar, TarMember disk)
        : base(tar) => _disk = disk;

    /// <inheritdoc/>
    public override long Length => _disk.Length;

    /// <summary>Whether a file is gzipped.</summary>
    public static bool Recognizes(ImageContent file) => InflatedContent.Recognizes(file);

    /// <summary>The disk in a gzipped tar.</summary>
    /// <param name="file">The file, which stays its owner's.</param>
    /// <param name="lengthLimit">How far it may be inflated, in bytes.</param>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static GzipTarContent Open(ImageContent file, long lengthLimit = long.MaxValue)
    {
        var tar = new InflatedContent(file, lengthLimit);
        try
        {
            return new GzipTarContent(tar, new TarReader(tar).FindDisk());
        }
        catch
        {
            tar.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override BlockRun Locate(long offset)
    {
        if (_run > 0 && offset < _disk.Runs[_run - 1].Offset + _disk.Runs[_run - 1].Length)
        {
            _run = 0;
        }

        while (_run < _disk.Runs.Count && _disk.Runs[_run].Offset + _disk.Runs[_run].Length <= offset)
        {
            _run++;
        }

        return _run == _disk.Runs.Count ? BlockRun.Hole(Length)
            : _disk.Runs[_run] is var run && offset < run.Offset ? BlockRun.Hole(run.Offset)
            : new BlockRun(run.Offset + run.Length, run.Place + offset - run.Offset);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            File.Dispose();
        }
    }
}
