using System;
using System.Buffers.Binary;
using System.IO;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Vhd;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Fixed VHDs, whose footer says how long the disk before it is.</summary>
public sealed class VhdContentTests
{
    private const int DiskSize = 1 << 20;

    [Theory]
    [InlineData(DiskSize)]
    [InlineData(DiskSize - 512)]
    public void ADiskHasTheLengthThatItsFooterSays(int length)
    {
        using var file = File(length);
        Assert.Equal(length, VhdContent.Open(file).Length);
    }

    [Theory]
    [InlineData(DiskSize + 1)]
    [InlineData(DiskSize + VhdFooter.Size)]
    [InlineData(DiskSize + VhdFooter.Size + 1)]
    public void ADiskThatWouldGoOverItsFooterIsCutOff(int length)
    {
        using var file = File(length);
        Assert.Equal(ImageFault.Truncated, Assert.Throws<ImageFormatException>(() => VhdContent.Open(file)).Fault);
    }

    private static FileContent File(int length)
    {
        var bytes = new byte[DiskSize + VhdFooter.Size];
        var footer = bytes.AsSpan(DiskSize);
        "conectix"u8.CopyTo(footer);
        BinaryPrimitives.WriteInt64BigEndian(footer[48..], length);
        BinaryPrimitives.WriteInt32BigEndian(footer[60..], 2);
        var sum = 0u;
        foreach (var value in footer)
        {
            sum += value;
        }

        BinaryPrimitives.WriteUInt32BigEndian(footer[64..], ~sum);
        return new FileContent(new MemoryStream(bytes));
    }
}
