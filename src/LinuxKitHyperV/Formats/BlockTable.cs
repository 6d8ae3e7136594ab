using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats;

/// <summary>A table of numbers in a file, of which one page is kept: a table may be larger than memory should be.</summary>
internal sealed class BlockTable
{
    private const int PageSize = 4096;

    private readonly ImageContent _file;
    private byte[] _page = [];
    private long _pageOffset = -1;

    /// <summary>Tables of a file.</summary>
    public BlockTable(ImageContent file)
    {
        _file = file;
    }

    /// <summary>The bytes of an entry: in the page that is given back, at the index that is given back.</summary>
    /// <param name="table">Where the table begins in the file.</param>
    /// <param name="entry">The entry's number.</param>
    /// <param name="entrySize">The size of an entry; it divides the size of a page.</param>
    /// <exception cref="ImageFormatException">The file ends before it.</exception>
    public (byte[] Page, int Index) Entry(long table, long entry, int entrySize)
    {
        var offset = table + (entry * entrySize);
        if (_pageOffset < 0 || offset < _pageOffset || offset + entrySize > _pageOffset + _page.Length)
        {
            // What is read only in part must not pass for the page.
            _pageOffset = -1;
            var left = _file.Length - offset;
            _page = _file.Read(offset, (int)System.Math.Min(PageSize, left < entrySize ? entrySize : left));
            _pageOffset = offset;
        }

        return (_page, (int)(offset - _pageOffset));
    }
}
