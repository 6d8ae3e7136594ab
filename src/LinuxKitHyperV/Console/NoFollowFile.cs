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
    private const uint NameSurrogate = 0x20000000;

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

    /// <summary>Whether something stands for another file or folder. Files of clouds and deduplicated ones are reparse points too, and are files.</summary>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="tag">Its reparse tag, of which a bit says that it is a surrogate of another name.</param>
    public static bool IsLink(FileAttributes attributes, uint tag) => (attributes & FileAttributes.ReparsePoint) != 0 && (tag & NameSurrogate) != 0;

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
                if (handle.IsInvalid || !Kernel32.GetFileInformationEx(handle, Kernel32.AttributeTag, out var tag, (uint)Marshal.SizeOf<Kernel32.AttributeTagInformation>()))
                {
                    throw new IOException(new Win32Exception(Marshal.GetLastWin32Error()).Message);
                }

                if (IsLink(tag.Attributes, tag.Tag))
                {
                    throw IsALink();
                }

                // What a cloud or deduplication keeps is written through it, not past it.
                isFile = (tag.Attributes & FileAttributes.ReparsePoint) == 0;
                return isFile ? handle : OpenSame(path, handle);
            }
            finally
            {
                if (!isFile)
                {
                    handle.Dispose();
                }
            }
        }

        // By name once more, and so the file has to be the one that was looked at.
        private static SafeFileHandle OpenSame(string path, SafeFileHandle seen)
        {
            var handle = Kernel32.CreateFile(
                Prefixed(path), Kernel32.GenericWrite | Kernel32.ReadAttributes, Kernel32.ShareAll, attributes: null, Kernel32.OpenExisting, Kernel32.NormalFile, template: IntPtr.Zero);
            var isSame = false;
            try
            {
                if (handle.IsInvalid || !Kernel32.GetFileInformation(handle, out var now) || !Kernel32.GetFileInformation(seen, out var before))
                {
                    throw new IOException(new Win32Exception(Marshal.GetLastWin32Error()).Message);
                }

                isSame = (now.Volume, now.IndexHigh, now.IndexLow) == (before.Volume, before.IndexHigh, before.IndexLow);
                return isSame ? handle : throw IsALink();
            }
            finally
            {
                if (!isSame)
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
