using System;
using LinuxKitHyperV.Requests;
using Xunit;

namespace LinuxKitHyperV.Tests.Machines;

public sealed class ConsolePipeNameTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");

    [Theory]
    [InlineData("web", @"\\.\pipe\web-com1")]
    [InlineData("my web", @"\\.\pipe\my web-com1")]
    [InlineData(@"a\b/c", @"\\.\pipe\a-b-c-com1")]
    public void IsTheNameThatLinuxKitUses(string machine, string pipe)
    {
        Assert.Equal(pipe, ConsolePipeName.For(machine, Id, _ => false));
    }

    [Fact]
    public void IsMadeUniqueWhereTheNameIsTaken()
    {
        Assert.Equal(@"\\.\pipe\web-11111111222233334444555555555555-com1", ConsolePipeName.For("web", Id, _ => true));
    }

    [Fact]
    public void FitsIntoAPipesName()
    {
        var pipe = ConsolePipeName.For(new string('x', 100), Id, _ => false);
        Assert.EndsWith("-11111111222233334444555555555555-com1", pipe, StringComparison.Ordinal);
        Assert.InRange(pipe.Length, 1, 120);
    }
}
