using System;
using System.Linq;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ShellOutputTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    private static string Encoded => string.Join("\r\n", Convert.ToBase64String(Bytes).Chunk(76).Select(line => new string(line)));

    [Fact]
    public void Whole_lines_are_decoded() =>
        Assert.Equal(Bytes, ShellOutput.Decode("base64", $"\r\n{Encoded}\r\n\r\n", isWhole: true));

    [Fact]
    public void Lines_of_others_are_left_out() =>
        Assert.Equal(Bytes, ShellOutput.Decode("base64", $"random: crng init done\r\n{Encoded}\r\n", isWhole: true));

    [Theory]
    [InlineData("done\r\n")]
    [InlineData("AAAA")]
    public void What_cannot_be_told_from_the_output_is_an_error(string other) => Assert.Throws<FormatException>(
        () => ShellOutput.Decode("base64", other + Encoded, isWhole: true));

    [Fact]
    public void Of_an_interrupted_output_whole_bytes_are_decoded() =>
        Assert.Equal(Bytes[..90], ShellOutput.Decode("base64", Encoded[..124], isWhole: false));

    [Fact]
    public void Hexadecimal_is_decoded() =>
        Assert.Equal("abc\0"u8.ToArray(), ShellOutput.Decode("od -An -v -tx1", " 61 62\r\n 63 00\r\n", isWhole: true));

    [Fact]
    public void Words_that_look_like_hexadecimal_are_an_error() => Assert.Throws<FormatException>(
        () => ShellOutput.Decode("od -An -v -tx1", " 61 62\r\ndead beef\r\n", isWhole: true));

    [Fact]
    public void No_output_is_no_bytes() => Assert.Empty(ShellOutput.Decode("base64", "\r\n", isWhole: true));
}
