using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Disks;

/// <summary>
/// What the file system does to a file beside keeping its bytes. Hyper-V takes no disk that is compressed, encrypted, sparse, or has integrity streams (0xC03A001A);
/// and a new file does as its folder does, one that replaces another as that one did.
/// </summary>
internal static class PlainFile
{
    private const FileAttributes Unfit = FileAttributes.Compressed | FileAttributes.Encrypted | FileAttributes.SparseFile | FileAttributes.IntegrityStream;

    /// <summary>Whether Hyper-V takes a disk in a file of these attributes.</summary>
    public static bool IsPlain(FileAttributes attributes) => (attributes & Unfit) == 0;

    /// <summary>What a file is that Hyper-V does not take: "compressed", "compressed and sparse".</summary>
    public static string Describe(FileAttributes attributes)
    {
        var words = new List<string>();
        Add(FileAttributes.Compressed, "compressed");
        Add(FileAttributes.Encrypted, "encrypted");
        Add(FileAttributes.SparseFile, "sparse");
        Add(FileAttributes.IntegrityStream, "checked for its integrity");
        return string.Join(" and ", words);

        void Add(FileAttributes attribute, string word)
        {
            if ((attributes & attribute) != 0)
            {
                words.Add(word);
            }
        }
    }

    /// <summary>The commands that make a file plain.</summary>
    public static string Commands(string path, FileAttributes attributes)
    {
        var commands = new List<string>();
        Add(FileAttributes.Compressed, $"compact /U \"{path}\"");
        Add(FileAttributes.Encrypted, $"cipher /D \"{path}\"");
        Add(FileAttributes.SparseFile, $"fsutil sparse setflag \"{path}\" 0");
        Add(FileAttributes.IntegrityStream, $"Set-FileIntegrity -FileName \"{path}\" -Enable $false");
        return string.Join("; ", commands);

        void Add(FileAttributes attribute, string command)
        {
            if ((attributes & attribute) != 0)
            {
                commands.Add(command);
            }
        }
    }

    /// <summary>Makes a file of our own plain.</summary>
    /// <exception cref="IOException">The file system does not let it be.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not.</exception>
    public static void Make(string path)
    {
        var attributes = File.GetAttributes(path);
        if (IsPlain(attributes))
        {
            return;
        }

        Windows.Clear(path, attributes);
        if (File.GetAttributes(path) is var left && !IsPlain(left))
        {
            throw new IOException($"The file is {Describe(left)}, and Hyper-V takes no such disk. Run: {Commands(path, left)}");
        }
    }

    private static class Windows
    {
        private const uint ReadAndWrite = 0xC0000000;
        private const uint OpenExisting = 3;
        private const uint SetCompression = 0x0009C040;
        private const uint SetSparse = 0x000900C4;
        private const uint SetIntegrity = 0x0009C280;

        public static void Clear(string path, FileAttributes attributes)
        {
            if ((attributes & FileAttributes.Encrypted) != 0 && !DecryptFile(path, 0))
            {
                throw new IOException(new Win32Exception().Message);
            }

            using var file = CreateFile(path, ReadAndWrite, 0, IntPtr.Zero, OpenExisting, 0, IntPtr.Zero);
            if (file.IsInvalid)
            {
                throw new IOException(new Win32Exception().Message);
            }

            // Each takes zeros for "none". What is refused shows in the attributes.
            Control(FileAttributes.Compressed, SetCompression, sizeof(ushort));
            Control(FileAttributes.SparseFile, SetSparse, sizeof(byte));
            Control(FileAttributes.IntegrityStream, SetIntegrity, sizeof(ulong));

            void Control(FileAttributes attribute, uint code, int size)
            {
                if ((attributes & attribute) != 0)
                {
                    _ = DeviceIoControl(file, code, new byte[size], (uint)size, IntPtr.Zero, 0, out _, IntPtr.Zero);
                }
            }
        }

        [DllImport("advapi32.dll", EntryPoint = "DecryptFileW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern bool DecryptFile(string path, uint reserved);

        [DllImport("kernel32.dll", EntryPoint = "CreateFileW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern SafeFileHandle CreateFile(
            string path, uint access, uint share, IntPtr securityAttributes, uint disposition, uint flags, IntPtr template);

        [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
        private static extern bool DeviceIoControl(
            SafeFileHandle file, uint code, byte[] input, uint inputSize, IntPtr output, uint outputSize, out uint returned, IntPtr overlapped);
    }
}
