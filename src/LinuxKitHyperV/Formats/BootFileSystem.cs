using System.Collections.Generic;
using System.Text;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats;

/// <summary>A file system that is read for what boots from it.</summary>
internal abstract class BootFileSystem
{
    private const int MostTextSize = 64 * 1024;

    /// <summary>A file by its path, with / between the names, in whatever case; null where there is none.</summary>
    /// <exception cref="ImageFormatException">The file system is damaged.</exception>
    public abstract ImageContent? Find(string path);

    /// <summary>The names in a folder; none where there is no such folder.</summary>
    /// <exception cref="ImageFormatException">The file system is damaged.</exception>
    public abstract IReadOnlyList<string> List(string folder);

    /// <summary>A file's text, as far as is of interest; null where there is no such file.</summary>
    public string? ReadText(string path) =>
        Find(path) is { } file ? Encoding.UTF8.GetString(file.Read(0, (int)System.Math.Min(file.Length, MostTextSize))) : null;
}
