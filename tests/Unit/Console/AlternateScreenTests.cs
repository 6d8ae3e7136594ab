using System.Linq;
using System.Text;
using LinuxKitHyperV.Console.Text;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class AlternateScreenTests
{
    [Theory]
    [InlineData("text", false)]
    [InlineData("\x1b[?1049h", true)]
    [InlineData("\x1b[?47htext", true)]
    [InlineData("\x1b[?1;1047;25h", true)]
    [InlineData("\x1b[?1049h\x1b[?1049l", false)]
    [InlineData("\x1b[?1049l\x1b[?1049h", true)]
    [InlineData("\x1b[?1049h\x1b[?25l", true)]
    [InlineData("\x1b[?1049h\x1b" + "c", false)]
    [InlineData("\x1b[?2047h", false)]
    [InlineData("\x1b[47h", false)]
    public void TheLastSwitchCountsAlsoInPieces(string shown, bool isOn)
    {
        var bytes = Encoding.ASCII.GetBytes(shown);
        var whole = new AlternateScreen();
        var pieces = new AlternateScreen();

        whole.Read(bytes, 0, bytes.Length);
        foreach (var i in Enumerable.Range(0, bytes.Length))
        {
            pieces.Read(bytes, i, 1);
        }

        Assert.Equal(isOn, whole.IsOn);
        Assert.Equal(isOn, pieces.IsOn);
    }
}
