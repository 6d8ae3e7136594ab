using System;
using System.Linq;
using System.Management.Automation;

namespace HyperV.Qemu.Controls;

/// <summary>The files that an environment variable lists, by path or by wildcard.</summary>
internal static class ListedFiles
{
    /// <summary>Whether one is among them.</summary>
    public static bool Contain(string variable, string path) => (Environment.GetEnvironmentVariable(variable) ?? string.Empty)
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.None).IsMatch(path));
}
