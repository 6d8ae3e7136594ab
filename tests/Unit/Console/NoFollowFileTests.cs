using System.IO;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class NoFollowFileTests
{
    /// <remarks>Tags are those of Windows' headers.</remarks>
    [Theory]
    [InlineData(0xA000000Cu, true)] // IO_REPARSE_TAG_SYMLINK
    [InlineData(0xA0000003u, true)] // IO_REPARSE_TAG_MOUNT_POINT
    [InlineData(0xA000001Du, true)] // IO_REPARSE_TAG_LX_SYMLINK
    [InlineData(0x9000001Au, false)] // IO_REPARSE_TAG_CLOUD, of OneDrive
    [InlineData(0x9000701Au, false)] // IO_REPARSE_TAG_CLOUD_7
    [InlineData(0x80000013u, false)] // IO_REPARSE_TAG_DEDUP
    [InlineData(0x80000017u, false)] // IO_REPARSE_TAG_WOF
    public void OnlyASurrogateOfAnotherNameIsALink(uint tag, bool isLink)
    {
        Assert.Equal(isLink, NoFollowFile.IsLink(FileAttributes.ReparsePoint | FileAttributes.Archive, tag));
        Assert.False(NoFollowFile.IsLink(FileAttributes.Archive, tag));
    }
}
