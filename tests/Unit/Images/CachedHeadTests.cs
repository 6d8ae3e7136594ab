using System;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Content;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class CachedHeadTests
{
    private const int HeadSize = 100_000;

    private static readonly byte[] Whole = [.. Enumerable.Range(0, 2 * HeadSize).Select(index => (byte)(index * 7))];

    [Theory]
    [InlineData(0, HeadSize)]
    [InlineData(HeadSize - 10, 10)]
    [InlineData(HeadSize - 10, 11)]
    [InlineData(HeadSize - 10, 20)]
    [InlineData(HeadSize, 10)]
    [InlineData((2 * HeadSize) - 10, 10)]
    public void IsReadWhereverTheHeadEnds(int offset, int count)
    {
        using var file = new FileContent(new MemoryStream(Whole), readLimit: Whole.Length);
        using var content = new CachedHead(new LimitedContent(file), HeadSize);
        Assert.Equal(Whole[offset..(offset + count)], content.Read(offset, count));
    }

    [Fact]
    public void NoByteOfTheHeadIsReadTwice()
    {
        using var file = new FileContent(new MemoryStream(Whole));
        using var content = new CachedHead(file, HeadSize);
        for (var time = 0; time < 3; time++)
        {
            for (var offset = 0; offset < HeadSize; offset += HeadSize / 10)
            {
                Assert.Equal(Whole[offset..(offset + (HeadSize / 10))], content.Read(offset, HeadSize / 10));
            }
        }

        Assert.Equal(HeadSize, file.BytesRead);
    }

    /// <summary>Content that may be asked a hundred times: a reader that asks for ever fails, and does not hang.</summary>
    private sealed class LimitedContent(ImageContent inner) : ImageContent
    {
        private int _reads;

        public override long Length => inner.Length;

        protected override void ReadCore(long offset, byte[] buffer, int index, int count)
        {
            if (++_reads > 100)
            {
                throw new InvalidOperationException("It is asked for ever.");
            }

            inner.Read(offset, buffer, index, count);
        }
    }
}
