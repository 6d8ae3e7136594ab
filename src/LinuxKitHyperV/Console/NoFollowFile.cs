using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
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
            var handle = new SafeFileHandle((IntPtr)LibC.Open(Encoding.UTF8.GetBytes(path + '\0'), LibC.WriteNoLink), ownsHandle: true);
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
        private const uint GenericWrite = 0x40000000;
        private const uint ReadAttributes = 0x80;
        private const uint ShareAll = 1 | 2 | 4;
        private const uint OpenExisting = 3;
        private const uint OpenAlways = 4;
        private const int AttributeTag = 9;
        private const int AlreadyExists = 183;
        private const uint NormalFile = 0x80;

        // A link is opened itself, and not what it leads to.
        private const uint OpenReparsePoint = 0x00200000;

        // What CreateFile takes without a prefix.
        private const int LongestPath = 259;

        public static SafeFileHandle Open(string path, out bool isNew)
        {
            var handle = CreateFile(Prefixed(path), GenericWrite | ReadAttributes, ShareAll, IntPtr.Zero, OpenAlways, NormalFile | OpenReparsePoint, IntPtr.Zero);
            isNew = Marshal.GetLastWin32Error() != AlreadyExists;
            var isFile = false;
            try
            {
                if (handle.IsInvalid || !GetTag(handle, AttributeTag, out var tag, (uint)Marshal.SizeOf<AttributeTagInformation>()))
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
            var handle = CreateFile(Prefixed(path), GenericWrite | ReadAttributes, ShareAll, IntPtr.Zero, OpenExisting, NormalFile, IntPtr.Zero);
            var isSame = false;
            try
            {
                if (handle.IsInvalid || !GetFileInformation(handle, out var now) || !GetFileInformation(seen, out var before))
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

        [DllImport("kernel32.dll", EntryPoint = "CreateFileW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern SafeFileHandle CreateFile(
            string path, uint access, uint share, IntPtr securityAttributes, uint disposition, uint flags, IntPtr template);

        [DllImport("kernel32.dll", EntryPoint = "GetFileInformationByHandle", SetLastError = true, ExactSpelling = true)]
        private static extern bool GetFileInformation(SafeFileHandle file, out FileInformation information);

        [DllImport("kernel32.dll", EntryPoint = "GetFileInformationByHandleEx", SetLastError = true, ExactSpelling = true)]
        private static extern bool GetTag(SafeFileHandle file, int what, out AttributeTagInformation information, uint size);

        /// <summary>FILE_ATTRIBUTE_TAG_INFO.</summary>
        [StructLayout(LayoutKind.Sequential)]
        private struct AttributeTagInformation
        {
            public FileAttributes Attributes;
            public uint Tag;
        }

        /// <summary>BY_HANDLE_FILE_INFORMATION, of which only that is read by which a file is known.</summary>
        [StructLayout(LayoutKind.Explicit, Size = 52)]
        private struct FileInformation
        {
            [FieldOffset(28)]
            public uint Volume;

            [FieldOffset(44)]
            public uint IndexHigh;

            [FieldOffset(48)]
            public uint IndexLow;
        }
    }
}
