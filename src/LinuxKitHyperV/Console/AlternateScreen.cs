using System;
using System.Text;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Console;

/// <summary>Whether what a terminal was shown has switched it to its alternate screen, where full-screen programs draw.</summary>
internal sealed class AlternateScreen
{
    // More than any switch takes: what may be the beginning of one is looked at again with the next piece.
    private const int LongestSwitch = 32;

    private static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

    // The last one counts. A reset of the terminal leaves the alternate screen too.
    private static readonly Regex Switch = new(
        @"\x1bc|\x1b\[\?(?:[0-9]+;)*(?:47|1047|1049)(?:;[0-9]+)*(?<set>[hl])",
        RegexOptions.RightToLeft | RegexOptions.CultureInvariant);

    private string _before = string.Empty;

    /// <summary>Gets whether the alternate screen is on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Looks at what is shown; a sequence may go on in the next piece.</summary>
    public void Watch(byte[] buffer, int offset, int count)
    {
        var shown = _before + Latin1.GetString(buffer, offset, count);
        if (Switch.Match(shown) is { Success: true } last)
        {
            IsOn = last.Groups["set"].Value == "h";
        }

        _before = shown.Substring(Math.Max(0, shown.Length - LongestSwitch));
    }
}
