using System;
using HyperV.Qemu.Engine;
using Xunit;

namespace HyperV.Qemu.Tests.Engine;

public sealed class ComPipeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_name_that_no_socket_can_have_is_refused(string name) => Assert.Throws<EngineException>(() => ComPipe.SocketOf(name));

    [Fact]
    public void A_name_that_is_too_long_is_refused_with_the_excess()
    {
        var longest = new string('x', 107 - ComPipe.SocketOf("x").Length + 1);
        Assert.Equal(107, ComPipe.SocketOf(longest).Length);
        Assert.Contains("is 2 bytes too long", Assert.Throws<EngineException>(() => ComPipe.SocketOf(longest + "é")).Message, StringComparison.Ordinal);
    }
}
