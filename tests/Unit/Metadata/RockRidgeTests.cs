using System;
using System.Buffers.Binary;
using LinuxKitHyperV.Formats.Iso9660;
using LinuxKitHyperV.Metadata;
using Xunit;

namespace LinuxKitHyperV.Tests.Metadata;

/// <summary>What POSIX programs are told of a file or a folder: the entry PX of RRIP 1.09, by its bytes.</summary>
public sealed class RockRidgeTests
{
    private static readonly IsoFile File = new("file", null, MetadataContent.Empty);
    private static readonly IsoFolder Empty = new("empty", null, []);

    [Fact]
    public void AFolderHasALinkForEachFolderInIt()
    {
        Assert.Equal(2u, Links(IsoNode.Root(new IsoFolder(string.Empty, null, [File]))));
        Assert.Equal(4u, Links(IsoNode.Root(new IsoFolder(string.Empty, null, [File, Empty, new IsoFolder("other", null, [File, Empty])]))));
    }

    [Fact]
    public void AFileHasOneLink() => Assert.Equal(1u, Links(IsoNode.Root(new IsoFolder(string.Empty, null, [File])).Children[0]));

    [Fact]
    public void AllBelongsToRoot() => Assert.Equal(new byte[16], RockRidge.OfFolder(IsoNode.Root(Empty))[20..36]);

    private static uint Links(IsoNode node)
    {
        var entry = node.IsFolder ? RockRidge.OfFolder(node) : RockRidge.OfEntry(node);
        Assert.Equal("PX$\u0001"u8.ToArray(), entry[..4]);
        var links = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(12));
        Assert.Equal(links, BinaryPrimitives.ReadUInt32BigEndian(entry.AsSpan(16)));
        return links;
    }
}
