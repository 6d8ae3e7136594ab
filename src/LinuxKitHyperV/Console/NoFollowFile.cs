using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Native.Unix;
using LinuxKitHyperV.Native.Windows;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Opens a file for writing, and no link in its place, in one step: between a look at the name and the opening, somebody else
/// could put a link there.
/// </summary>
internal static class NoFollowFile
{
    /// <summary>Opens a file, or makes it. Others may read, rename and delete it meanwhile.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="isNew">Whether it was made.</param>
    /// <exception cref="IOException">It cannot be opened, or is a link.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public static FileStream OpenOrCreate(string path, out bool isNew)
    {
        var handle = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Windows.Open(path, out isNew) : Unix.Open(path, out isNew);

        // On .NET Framework the smallest buffer has eight bytes.
        return new FileStream(handle, FileAccess.Write, bufferSize: 1);
    }

    private static IOException IsALink() => new("It is a link, and is not followed: what it leads to may be somebody else's.");

    private static class Unix
    {
        public static SafeFileHandle Open(string path, out bool isNew)
        {
            isNew = TryMake(path);
            var handle = LibC.Open(path, LibC.WriteNoLink);
            if (!handle.IsInvalid)
            {
                return handle;
            }

            var error = Marshal.GetLastWin32Error();
            handle.Dispose();
            throw error == LibC.IsLink ? IsALink() : new IOException(new Win32Exception(error).Message);
        }

        // A file that is made new is none that a link leads to.
        private static bool TryMake(string path)
        {
            if (File.Exists(path))
            {
                return false;
            }

            try
            {
                new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
                return true;
            }
            catch (IOException)
            {
                // Something is there by now, or a link that leads nowhere, or nothing can be: the opening tells.
                return false;
            }
        }
    }

    private static class Windows
    {
        // What CreateFile takes without a prefix.
        private const int LongestPath = 259;

        public static SafeFileHandle Open(string path, out bool isNew)
        {
            var handle = Kernel32.CreateFile(
                Prefixed(path),
                Kernel32.GenericWrite | Kernel32.ReadAttributes,
                Kernel32.ShareAll,
                attributes: null,
                Kernel32.OpenAlways,
                Kernel32.NormalFile | Kernel32.OpenReparsePoint,
                template: IntPtr.Zero);
            isNew = Marshal.GetLastWin32Error() != Kernel32.AlreadyExists;
            var isFile = false;
            try
            {
                if (handle.IsInvalid || !Kernel32.GetFileInformation(handle, out var information))
                {
                    throw new IOException(new Win32Exception(Marshal.GetLastWin32Error()).Message);
                }

                isFile = (information.Attributes & FileAttributes.ReparsePoint) == 0;
                return isFile ? handle : throw IsALink();
            }
            finally
            {
                if (!isFile)
                {
                    handle.Dispose();
                }
            }
        }

        private static string Prefixed(string path) =>
            path.Length <= LongestPath || path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path
            : path.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC" + path.Substring(1)
            : @"\\?\" + path;
    }
}
