using LinuxKitHyperV.Networking;
using Xunit;

namespace LinuxKitHyperV.Tests.Networking;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("00155D010203")]
    [InlineData("00:15:5d:01:02:03")]
    [InlineData("00-15-5D-01-02-03")]
    [InlineData("0015.5d01.0203")]
    public void IsReadAsPeopleWriteIt(string text) => Assert.Equal("00155D010203", MacAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("00155D01020")]
    [InlineData("00155D0102033")]
    [InlineData("00155D01020G")]
    [InlineData("00 155D010203")]
    [InlineData("000000000000")]
    [InlineData("01005E000001")]
    [InlineData("FFFFFFFFFFFF")]
    public void IsRefusedWhereItIsNoAdapters(string text) => Assert.Equal("MacAddressInvalid", Assert.Throws<LinuxKitException>(() => MacAddress.Parse(text)).ErrorId);
}
