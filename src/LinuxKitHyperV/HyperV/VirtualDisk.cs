using System;
using System.Linq;

namespace LinuxKitHyperV.HyperV;

/// <summary>Asks Hyper-V for the virtual disk that is in a file.</summary>
internal static class VirtualDisk
{
    private const string Wildcards = "[]*?`";

    /// <summary>Whether Get-VHD's answer, and the time that it takes, do not depend on the characters of a path.</summary>
    /// <remarks>It takes wildcards, which in a folder's name have all that is below walked through, and writes the path into a query, which an apostrophe breaks.</remarks>
    public static bool IsPlain(string path) => path.IndexOfAny([.. Wildcards, '\'']) < 0;

    /// <summary>Get-VHD of one file.</summary>
    /// <param name="hyperV">Hyper-V.</param>
    /// <param name="host">The host.</param>
    /// <param name="path">The file, absolute.</param>
    /// <remarks>
    /// Get-VHD takes wildcards, and whether it takes them escaped is not documented. So each character of the path that
    /// could be one is asked for as any character, and of what is found only the file itself is given back.
    /// </remarks>
    public static HyperVResult Get(IHyperV hyperV, HyperVHost host, string path)
    {
        var pattern = string.Concat(path.Select(character => Wildcards.IndexOf(character) < 0 ? character : '?'));
        var call = host.Call(HyperVCommand.GetVHD);
        call.Add("Path", pattern);
        var result = hyperV.Invoke(call);
        if (pattern == path)
        {
            return result;
        }

        var found = result.Output.Where(disk => disk.Text("Path").Equals(path, StringComparison.OrdinalIgnoreCase)).ToList();
        return new HyperVResult(found, found.Count == 0 ? result.Errors : []);
    }
}
