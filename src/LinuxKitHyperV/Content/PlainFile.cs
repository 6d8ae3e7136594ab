using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using LinuxKitHyperV.Native.Windows;

namespace LinuxKitHyperV.Content;

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
        public static void Clear(string path, FileAttributes attributes)
        {
            if ((attributes & FileAttributes.Encrypted) != 0 && !Advapi32.DecryptFile(path, 0))
            {
                throw new IOException(new Win32Exception().Message);
            }

            using var file = Kernel32.CreateFile(path, Kernel32.GenericRead | Kernel32.GenericWrite, 0, attributes: null, Kernel32.OpenExisting, 0, template: IntPtr.Zero);
            if (file.IsInvalid)
            {
                throw new IOException(new Win32Exception().Message);
            }

            // Each takes zeros for "none". What is refused shows in the attributes.
            Control(FileAttributes.Compressed, Kernel32.SetCompression, sizeof(ushort));
            Control(FileAttributes.SparseFile, Kernel32.SetSparse, sizeof(byte));
            Control(FileAttributes.IntegrityStream, Kernel32.SetIntegrity, sizeof(ulong));

            void Control(FileAttributes attribute, uint code, uint size)
            {
                if ((attributes & attribute) != 0)
                {
                    var zeros = default(Kernel32.AllocatedRange);
                    _ = Kernel32.DeviceIoControl(file, code, ref zeros, size, out _, 0, out _, IntPtr.Zero);
                }
            }
        }
    }
}
