using System.IO;
using LinuxKitHyperV.Content;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class SparseFileTests
{
    [Theory]
    [InlineData(0x0000_0400)] // FILE_ATTRIBUTE_REPARSE_POINT
    [InlineData(0x0000_1000)] // FILE_ATTRIBUTE_OFFLINE
    [InlineData(0x0004_0000)] // FILE_ATTRIBUTE_RECALL_ON_OPEN
    [InlineData(0x0040_0000)] // FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS
    public void HasNoHolesWhereItsDataMayLieElsewhere(int attribute) =>
        Assert.True(SparseFile.IsElsewhere(FileAttributes.SparseFile | FileAttributes.Archive | (FileAttributes)attribute));

    [Theory]
    [InlineData(FileAttributes.Normal)]
    [InlineData(FileAttributes.SparseFile | FileAttributes.Archive | FileAttributes.ReadOnly | FileAttributes.Hidden | FileAttributes.Compressed)]
    public void HasTheHolesThatItIsSaidToHaveElse(FileAttributes attributes) => Assert.False(SparseFile.IsElsewhere(attributes));
}
