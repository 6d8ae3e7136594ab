using LinuxKitHyperV.Terminal;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleKeyNameTests
{
    [Theory]
    [InlineData("Ctrl+]", 0x1d)]
    [InlineData("ctrl+a", 0x01)]
    [InlineData("^T", 0x14)]
    [InlineData("^@", 0x00)]
    public void AControlKeyIsRead(string name, byte control)
    {
        Assert.True(ConsoleKeyName.TryParse(name, out var read));
        Assert.Equal(control, read);
    }

    [Fact]
    public void NoneIsNoKey()
    {
        Assert.True(ConsoleKeyName.TryParse("none", out var read));
        Assert.Null(read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("]")]
    [InlineData("Ctrl+")]
    [InlineData("Ctrl+1")]
    [InlineData("Ctrl+ab")]
    public void AnythingElseIsNone(string name) => Assert.False(ConsoleKeyName.TryParse(name, out _));

    [Fact]
    public void AControlKeyIsNamed() => Assert.Equal("Ctrl+]", ConsoleKeyName.Of(0x1d));
}
