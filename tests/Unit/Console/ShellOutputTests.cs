using System;
using System.Linq;
using LinuxKitHyperV.Console.Shell;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ShellOutputTests
{
    private const string Hexadecimal = "od -An -v -tx1";
    private const string Line = "QUFB";

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private static readonly string[] Lines = [.. Convert.ToBase64String(Bytes).Chunk(76).Select(line => new string(line))];

    [Fact]
    public void WholeLinesAreDecoded() => Assert.Equal(Bytes, ShellOutput.Decode("base64", $"\r\n{Said(Lines)}\r\n"));

    [Fact]
    public void NoOutputIsNoBytes() => Assert.Empty(ShellOutput.Decode("base64", Said()));

    [Fact]
    public void WhatOthersWroteBetweenTheLinesIsLeftOut()
    {
        var said = Said(Lines).Replace("\r\n<", "\r\nroot\r\nsvc: <up> <", StringComparison.Ordinal) + "done";
        Assert.Throws<FormatException>(() => ShellOutput.Decode("base64", said));
        Assert.Equal(Bytes, ShellOutput.Decode("base64", said.Replace("<up>", "up", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("root")]
    [InlineData("root\r\n")]
    [InlineData("svc: up ")]
    [InlineData("\r\nQUFB>")]
    public void WhatWasWrittenIntoALineOrTheProofIsNeverOutput(string other)
    {
        foreach (var output in new[] { [], [Line], Lines })
        {
            var said = Said(output);
            var expected = Convert.FromBase64String(string.Concat(output));
            for (var at = 0; at <= said.Length; at++)
            {
                AssertIsRightOrRefused(expected, said.Insert(at, other));
            }
        }
    }

    [Fact]
    public void WhatIsMissingIsNeverLeftOut()
    {
        foreach (var output in new[] { [], [Line], Lines })
        {
            var said = Said(output);
            var expected = Convert.FromBase64String(string.Concat(output));
            for (var from = 0; from < said.Length; from++)
            {
                for (var count = 1; from + count <= said.Length; count++)
                {
                    AssertIsRightOrRefused(expected, said.Remove(from, count));
                }
            }
        }
    }

    [Fact]
    public void TheNumbersOfOthersProveNothing() =>
        Assert.Throws<FormatException>(() => ShellOutput.Decode("base64", "<.>\r\n\r\n11\r\n"));

    [Fact]
    public void OfAnInterruptedOutputTheFullLinesBeforeAnythingElseAreDecoded()
    {
        var said = Said(Lines);
        Assert.Equal(Bytes[..57], ShellOutput.DecodeBeginning("base64", said[..100]));
        Assert.Equal(Bytes[..57], ShellOutput.DecodeBeginning("base64", said.Insert(said.IndexOf("\r\n", StringComparison.Ordinal), "^C")));
        Assert.Empty(ShellOutput.DecodeBeginning("base64", "svc: up " + said));
    }

    [Fact]
    public void HexadecimalIsDecoded()
    {
        const string Sixteen = " 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 00";
        Assert.Equal("abcdefghijklmno\0ab"u8.ToArray(), ShellOutput.Decode(Hexadecimal, Said(Sixteen, " 61 62")));
        Assert.Equal("abcdefghijklmno\0"u8.ToArray(), ShellOutput.DecodeBeginning(Hexadecimal, Said(Sixteen, " 61 62")));
        Assert.Throws<FormatException>(() => ShellOutput.Decode(Hexadecimal, Said(" 61 62", Sixteen)));
    }

    [Fact]
    public void WordsThatLookLikeHexadecimalAreAnError() =>
        Assert.Throws<FormatException>(() => ShellOutput.Decode(Hexadecimal, Said(" 61 dead")));

    private static string Said(params string[] lines)
    {
        var last = lines.Length > 0 ? Framed(lines[^1]) : "\r\n";
        return string.Concat(lines.Select(Framed)) + Framed(".") + last + $"{lines.Length + 1}\r\n";
    }

    private static string Framed(string line) => $"<{line}>\r\n";

    private static void AssertIsRightOrRefused(byte[] expected, string said)
    {
        var exception = Record.Exception(() => Assert.Equal(expected, ShellOutput.Decode("base64", said)));
        Assert.True(exception is null or FormatException, $"{exception?.Message}\n{said}");
    }
}
