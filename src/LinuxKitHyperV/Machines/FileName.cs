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
        new([.. machineName.Select(character => character < ' ' || Invalid.IndexOf(character) >= 0 ? '-' : character)]);

    /// <summary>Whether there can be a file of that path.</summary>
    /// <remarks>At any other, .NET Framework's Path and PowerShell 5.1 throw; elsewhere no file is found.</remarks>
    public static bool IsPossible(string path) =>
        path.All(character => character >= ' ' && InvalidInPath.IndexOf(character) < 0);
}
