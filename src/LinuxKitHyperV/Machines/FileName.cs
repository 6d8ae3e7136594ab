using System.Linq;

namespace LinuxKitHyperV.Machines;

/// <summary>Names of files that are named after VMs.</summary>
internal static class FileName
{
    private const string Invalid = "\\/:*?\"<>|";

    /// <summary>The VM's name, with a dash for what Windows allows in no file's name.</summary>
    /// <remarks>Windows' rules everywhere: the host that makes the file runs Windows, whatever this computer runs.</remarks>
    public static string Of(string machineName) =>
        new([.. machineName.Select(character => character < ' ' || Invalid.IndexOf(character) >= 0 ? '-' : character)]);
}
