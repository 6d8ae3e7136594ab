using System;
using HyperV.Qemu.Engine;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class ComPipeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void ANameThatNoSocketCanHaveIsRefused(string name) => Assert.Throws<EngineException>(() => ComPipe.SocketOf(name));

    [Fact]
    public void ANameThatIsTooLongIsRefusedWithTheExcess()
    {
        var longest = new string('x', 107 - ComPipe.SocketOf("x").Length + 1);
        Assert.Equal(107, ComPipe.SocketOf(longest).Length);
        Assert.Contains("is 2 bytes too long", Assert.Throws<EngineException>(() => ComPipe.SocketOf(longest + "é")).Message, StringComparison.Ordinal);
    }
}
