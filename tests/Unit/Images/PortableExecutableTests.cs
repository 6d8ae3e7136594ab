using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Pe;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Images;

public sealed class PortableExecutableTests
{
    private const string Section = ".cmdline";

    [Theory]
    [InlineData(13, 4096, "console=ttyS0")]
    [InlineData(4096, 4096, "console=ttyS0 not meant")]
    [InlineData(4096, 7, "console")]
    public void OfASectionOnlyWhatIsMeantIsRead(int virtualSize, int mostBytes, string expected)
    {
        var program = ProgramBuilder.Build(TestImage.X64, new() { [Section] = Encoding.ASCII.GetBytes("console=ttyS0 not meant") });
        BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(program.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Section)) + 8), virtualSize);
        using var file = new FileContent(new MemoryStream(program));
        Assert.Equal(expected, PortableExecutable.Read(file)!.Text(Section, mostBytes));
    }
}
