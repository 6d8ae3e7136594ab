using System;
using System.IO;
using System.Net.Sockets;
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

    [Fact]
    public void A_pipe_is_cleared_unless_somebody_serves_it()
    {
        var socket = ComPipe.SocketOf(Guid.NewGuid().ToString());
        Assert.True(ComPipe.Clear(socket));
        using (var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            server.Bind(new UnixDomainSocketEndPoint(socket));
            server.Listen(1);
            Assert.False(ComPipe.Clear(socket));
        }

        // A process that was killed leaves the file.
        using (var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            File.Delete(socket);
            server.Bind(new UnixDomainSocketEndPoint(socket));
            Assert.True(ComPipe.Clear(socket));
            Assert.False(File.Exists(socket));
        }
    }
}
