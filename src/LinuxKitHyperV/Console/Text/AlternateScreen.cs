using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Console.Text;

/// <summary>Whether a terminal is on its alternate screen, where full-screen programs draw, after all that it was shown.</summary>
internal sealed class AlternateScreen : ControlSequenceReader
{
    // A reset of the terminal leaves the alternate screen too.
    private static readonly Regex Switch = new(
        @"^\x1b(?:c|\[\?(?:[0-9]+;)*(?:47|1047|1049)(?:;[0-9]+)*(?<set>[hl]))\z",
        RegexOptions.CultureInvariant);

    /// <summary>Whether the alternate screen is on.</summary>
    public bool IsOn { get; private set; }

    /// <inheritdoc/>
    protected override void Text(byte[] bytes, int offset, int count)
    {
        // It stays on its screen.
    }

    /// <inheritdoc/>
    protected override void Control(char character)
    {
        // None switches.
    }

    /// <inheritdoc/>
    protected override void Sequence(byte[] bytes, int count)
    {
        if (Switch.Match(Ascii(bytes, count)) is { Success: true } found)
        {
            IsOn = found.Groups["set"].Value == "h";
        }
    }
}
