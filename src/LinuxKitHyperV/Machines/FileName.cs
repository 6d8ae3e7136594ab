using System.Linq;

namespace LinuxKitHyperV.Machines;

/// <summary>What Windows allows in the names of files.</summary>
internal static class FileName
{
    private const string InvalidInPath = "\"<>|";
    private const string Invalid = "\\/:*?" + InvalidInPath;

    /// <summary>The VM's name, with a dash for what Windows allows in no file's name.</summary>
    /// <remarks>Windows' rules everywhere: the host that makes the file runs Windows, whatever this computer runs.</remarks>
    public static string Of(string machineName) =>
        new([.. machineName.Select((character, index) => character < ' ' || Invalid.IndexOf(character) >= 0 || IsHalf(machineName, index) ? '-' : character)]);

    /// <summary>Whether there can be a file of that path.</summary>
    /// <remarks>At any other, .NET Framework's Path and PowerShell 5.1 throw; elsewhere no file is found.</remarks>
    public static bool IsPossible(string path) =>
        !path.Where((character, index) => character < ' ' || InvalidInPath.IndexOf(character) >= 0 || IsHalf(path, index)).Any();

    /// <summary>Whether a path names a folder by its form: it ends with a separator, perhaps with one dot or two behind.</summary>
    public static bool IsMissingFrom(string path) => path.Substring(path.LastIndexOfAny(['/', '\\', ':']) + 1) is "" or "." or "..";

    /// <summary>Whether a character is half of a surrogate pair: UTF-8, in which a VM's notes are written, has no such thing.</summary>
    private static bool IsHalf(string text, int index) =>
        (char.IsHighSurrogate(text[index]) && (index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]))) ||
        (char.IsLowSurrogate(text[index]) && (index == 0 || !char.IsHighSurrogate(text[index - 1])));
}
