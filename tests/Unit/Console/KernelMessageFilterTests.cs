using System.Collections.Generic;
using System.Text;
using LinuxKitHyperV.Console.Shell;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class KernelMessageFilterTests
{
    [Theory]
    [InlineData("AAAA[    1.234567] usb 1-1: new\r\nBBBB\r\n", "AAAABBBB\r\n")]
    [InlineData("[12345.000001] a\n[12345.000002] b\nend", "end")]
    [InlineData("[    1.234567][    T1] caller\nend", "end")]
    [InlineData("[root@web ~]# [ -f x ]\n", "[root@web ~]# [ -f x ]\n")]
    [InlineData("[1.2.3] [12] [ .5] x\n", "[1.2.3] [12] [ .5] x\n")]
    [InlineData("[[  1.5] x\ny", "[y")]
    [InlineData("[1111111111111111111111111111.5] x\n", "[1111111111111111111111111111.5] x\n")]
    public void AMessageOfTheKernelIsDroppedAndNothingElse(string said, string expected)
    {
        var left = new List<byte>();
        var filter = new KernelMessageFilter(left.Add);
        var bytes = Encoding.ASCII.GetBytes(said);

        filter.Write(bytes, bytes.Length);

        Assert.Equal(expected, Encoding.ASCII.GetString([.. left]));
    }
}
