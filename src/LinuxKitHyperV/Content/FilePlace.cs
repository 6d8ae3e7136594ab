using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using LinuxKitHyperV.Native.Unix;
using LinuxKitHyperV.Native.Windows;

namespace LinuxKitHyperV.Content;

/// <summary>Who besides its user reaches a file.</summary>
internal enum FileReach
{
    /// <summary>All of this computer.</summary>
    Computer,

    /// <summary>Who has rights on another computer's share: the accounts of computers do, where somebody has given them.</summary>
    Share,

    /// <summary>The user's session, and no service: a distribution of WSL, a drive of a remote desktop's client.</summary>
    Session,
}

/// <summary>Where a file or a folder really is, once links and drives that stand for something else are followed.</summary>
/// <param name="Path">Its path there.</param>
/// <param name="Reach">Who reaches it.</param>
internal readonly record struct FilePlace(string Path, FileReach Reach)
{
    // What these names lead to is given to one user's session.
    private static readonly string[] SessionServers = ["wsl.localhost", "wsl$", "tsclient"];

    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Follows a path. What cannot be followed is taken as it is.</summary>
    /// <param name="path">The full path of something that is there.</param>
    public static FilePlace Of(string path)
    {
        if (!IsWindows)
        {
            return At(Unix.Follow(path));
        }

        // Some file systems do not tell, and then a drive of another computer is all that is known.
        return Windows.Follow(path) is { } followed ? At(followed)
            : Windows.IsNetworkDrive(path) ? new FilePlace(path, FileReach.Session)
            : At(path);
    }

    /// <summary>Whether a path needs no following: it is no link, and on the drive that it names. Case, and short names, are no difference.</summary>
    public bool IsItself(string path) =>
        Reach == FileReach.Computer &&
        string.Equals(System.IO.Path.GetPathRoot(path), System.IO.Path.GetPathRoot(Path), StringComparison.OrdinalIgnoreCase) &&
        (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0;

    /// <summary>Whether paths lead to one file: short names, drives and links may make them differ.</summary>
    public static bool IsSame(string path, string other) =>
        path.Equals(other, StringComparison.OrdinalIgnoreCase) || string.Equals(Of(path).Path, Of(other).Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Who reaches a path that has been followed: two separators lead to another computer.</summary>
    public static FilePlace At(string path)
    {
        if (path.Length < 3 || !IsSeparator(path[0]) || !IsSeparator(path[1]) || path[2] is '?' or '.')
        {
            return new FilePlace(path, FileReach.Computer);
        }

        var end = path.IndexOfAny(['\\', '/'], 2);
        var server = path.Substring(2, (end < 0 ? path.Length : end) - 2);
        return new FilePlace(path, Array.Exists(SessionServers, name => name.Equals(server, StringComparison.OrdinalIgnoreCase)) ? FileReach.Session : FileReach.Share);
    }

    /// <summary>Whether a folder is Windows' own, in which no user's files belong.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="windows">The folder of Windows; empty where there is none.</param>
    public static bool IsOf(string folder, string windows) =>
        windows.Length > 0 && (folder + '\\').StartsWith(windows.TrimEnd('\\') + '\\', StringComparison.OrdinalIgnoreCase);

    private static bool IsSeparator(char character) => character is '\\' or '/';

    private static class Unix
    {
        private const int MostLinks = 40;
        private const int LongestTarget = 4096;

        public static string Follow(string path)
        {
            var left = path;
            var followed = string.Empty;
            for (var links = 0; left.Length > 0 && links < MostLinks;)
            {
                var end = left.IndexOf('/', 1);
                var next = followed + (end < 0 ? left : left.Substring(0, end));
                var rest = end < 0 ? string.Empty : left.Substring(end);
                if (Target(next) is not { } target)
                {
                    (followed, left) = (next, rest);
                    continue;
                }

                links++;
                if (target.StartsWith("//", StringComparison.Ordinal))
                {
                    return target + rest;
                }

                (followed, left) = (string.Empty, System.IO.Path.GetFullPath(target[0] == '/' ? target : $"{followed}/{target}") + rest);
            }

            return followed + left;
        }

        private static string? Target(string path)
        {
            var target = new byte[LongestTarget];
            var length = (int)LibC.ReadLink(Encoding.UTF8.GetBytes(path + '\0'), target, (IntPtr)target.Length);
            return length > 0 ? Encoding.UTF8.GetString(target, 0, length) : null;
        }
    }

    private static class Windows
    {
        private const int LongestPath = 32767;
        private const string Verbatim = @"\\?\";
        private const string VerbatimShare = @"\\?\UNC\";
        private const string Objects = @"\??\";
        private const string ObjectsShare = @"\??\UNC\";

        public static string? Follow(string path)
        {
            using var file = Kernel32.CreateFile(Substituted(path), 0, Kernel32.ShareAll, attributes: null, Kernel32.OpenExisting, Kernel32.FoldersToo, template: IntPtr.Zero);
            var followed = new StringBuilder(LongestPath);
            if (file.IsInvalid || Kernel32.GetFinalPath(file, followed, (uint)followed.Capacity, 0) == 0)
            {
                return null;
            }

            var found = followed.ToString();
            return found.StartsWith(VerbatimShare, StringComparison.Ordinal) ? @"\\" + found.Substring(VerbatimShare.Length)
                : found.StartsWith(Verbatim, StringComparison.Ordinal) ? found.Substring(Verbatim.Length)
                : found;
        }

        // subst: the drive's device is a path of the object manager, of a folder or of a share.
        private static string Substituted(string path)
        {
            var target = new StringBuilder(LongestPath);
            if (path.Length < 3 || path[1] != ':' || Kernel32.QueryDosDevice(path.Substring(0, 2), target, (uint)target.Capacity) == 0)
            {
                return path;
            }

            var device = target.ToString();
            return !device.StartsWith(Objects, StringComparison.Ordinal) ? path
                : (device.StartsWith(ObjectsShare, StringComparison.OrdinalIgnoreCase) ? @"\\" + device.Substring(ObjectsShare.Length) : device.Substring(Objects.Length)).TrimEnd('\\') + path.Substring(2);
        }

        public static bool IsNetworkDrive(string path) =>
            path.Length > 1 && path[1] == ':' && new DriveInfo(path.Substring(0, 1)).DriveType == DriveType.Network;
    }
}
