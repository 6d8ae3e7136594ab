using Xunit;

namespace LinuxKitHyperV.Tests;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData(1L << 30, "1 GB")]
    [InlineData(3L << 29, "1536 MB")]
    [InlineData(512L << 20, "512 MB")]
    [InlineData((1L << 30) + (1L << 20), "1025 MB")]
    [InlineData(9L << 19, "4.5 MB")]
    [InlineData(64L << 40, "65536 GB")]
    public void IsWholeOrInMegabytes(long bytes, string text) => Assert.Equal(text, SizeText.Of(bytes));
}
