namespace LinuxKitHyperV.Console.Text;

/// <summary>Well-formed UTF-8, byte by byte: The Unicode Standard, table 3-7.</summary>
internal static class Utf8
{
    /// <summary>How many bytes a character has at most.</summary>
    public const int LongestCharacter = 4;

    /// <summary>The last byte, in UTF-8 and in 8 bits, of the control characters U+0080 to U+009F.</summary>
    public const byte LastControl = 0x9f;

    // The first byte, in UTF-8, of those, among others.
    private const byte ControlLead = 0xc2;

    /// <summary>How many bytes a character has that begins so; 0 where none does.</summary>
    public static int LengthOf(byte first) => first switch
    {
        < 0x80 => 1,
        < 0xc2 => 0,
        < 0xe0 => 2,
        < 0xf0 => 3,
        < 0xf5 => 4,
        _ => 0,
    };

    /// <summary>Whether a byte may come next in a character of several bytes.</summary>
    public static bool MayFollow(byte[] character, int length, byte value) => length switch
    {
        0 => LengthOf(value) > 1,
        1 => IsSecond(character[0], value),
        _ => IsContinuation(value),
    };

    /// <summary>Whether a character is one of the control characters U+0080 to U+009F.</summary>
    public static bool IsControl(byte[] bytes, int offset, int length) => length == 2 && bytes[offset] == ControlLead && bytes[offset + 1] <= LastControl;

    /// <summary>How many bytes the character at a place has; 0 if it is not well-formed, is a control character, or goes on behind the end.</summary>
    public static int LengthOfText(byte[] bytes, int offset, int end)
    {
        var length = LengthOf(bytes[offset]);
        if (length < 2 || end - offset < length || !IsSecond(bytes[offset], bytes[offset + 1]) || IsControl(bytes, offset, length))
        {
            return 0;
        }

        for (var i = 2; i < length; i++)
        {
            if (!IsContinuation(bytes[offset + i]))
            {
                return 0;
            }
        }

        return length;
    }

    private static bool IsSecond(byte first, byte value) => first switch
    {
        0xe0 => value is >= 0xa0 and <= 0xbf,
        0xed => value is >= 0x80 and <= 0x9f,
        0xf0 => value is >= 0x90 and <= 0xbf,
        0xf4 => value is >= 0x80 and <= 0x8f,
        _ => IsContinuation(value),
    };

    private static bool IsContinuation(byte value) => value is >= 0x80 and <= 0xbf;
}
