using System.IO;
using System.Linq;
using LinuxKitHyperV.Content;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class FileContentTests
{
    private const int PageSize = 4096;

    [Fact]
    public void APageThatWasReadInPartPassesForNoOther()
    {
        using var content = new FileContent(new FailingStream());
        Assert.Equal([0], content.Read(0, 1));
        Assert.Equal(ImageFault.NotReadable, Assert.Throws<ImageFormatException>(() => content.Read(PageSize, 1)).Fault);
        Assert.Equal([0], content.Read(0, 1));
        Assert.Equal([1], content.Read(PageSize, 1));
    }

    [Fact]
    public void NoMoreIsReadThanIsAllowed()
    {
        using var content = new FileContent(new MemoryStream(new byte[4 * PageSize]), readLimit: 2 * PageSize);
        Assert.Equal(2 * PageSize, content.BytesLeft);
        content.Read(0, PageSize);
        Assert.Equal(PageSize, content.BytesLeft);
        Assert.Equal(ImageFault.OutOfReach, Assert.Throws<ImageFormatException>(() => content.Read(0, PageSize + 1)).Fault);
        content.Read(PageSize, PageSize);
        Assert.Equal(ImageFault.OutOfReach, Assert.Throws<ImageFormatException>(() => content.Read(0, 1)).Fault);
        Assert.Equal(2 * PageSize, content.BytesRead);
    }

    /// <summary>Two pages, each of its number. The first try to read the second one fails halfway.</summary>
    private sealed class FailingStream() : MemoryStream([.. Enumerable.Range(0, 2 * PageSize).Select(index => (byte)(index / PageSize))])
    {
        private int _failures;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position == PageSize && _failures == 0)
            {
                _failures++;
                return base.Read(buffer, offset, count / 2);
            }

            return Position > PageSize && _failures++ == 1 ? throw new IOException("The disk has a bad sector.") : base.Read(buffer, offset, count);
        }
    }
}
