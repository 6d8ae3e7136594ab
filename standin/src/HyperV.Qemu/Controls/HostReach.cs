using System.IO;

namespace HyperV.Qemu.Controls;

/// <summary>Which files the host's service reaches: those of its own disks, by their own names. It follows no link to a file, and has no rights on shares unless the environment says otherwise.</summary>
internal static class HostReach
{
    /// <summary>The environment variable that lists the shares that it reaches, by path or by wildcard.</summary>
    public const string Variable = "HYPERV_QEMU_SHARES";

    private const int MostLinks = 40;

    /// <summary>Whether a file is a link.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>Whether a path leads to a share, by itself or by the links in it, that the host does not reach.</summary>
    /// <remarks>Two separators begin the path of a share, on Windows, and here as the target of a link.</remarks>
    public static bool IsOutOfReach(string path) => Follow(path) is var followed && IsShare(followed) && !ListedFiles.Contain(Variable, followed);

    private static bool IsShare(string path) => path.Length > 2 && path[0] is '/' or '\\' && path[1] is '/' or '\\' && path[2] is not ('?' or '.');

    private static string Follow(string path)
    {
        var (followed, left) = (string.Empty, path);
        for (var links = 0; left.Length > 0 && !IsShare(left) && links < MostLinks;)
        {
            var end = left.IndexOf(Path.DirectorySeparatorChar, 1);
            var next = followed + (end < 0 ? left : left[..end]);
            var rest = end < 0 ? string.Empty : left[end..];
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                (followed, left) = (next, rest);
                continue;
            }

            links++;
            (followed, left) = (string.Empty, (IsShare(target) ? target : Path.GetFullPath(target, Path.GetDirectoryName(next) ?? "/")) + rest);
        }

        return followed + left;
    }
}
