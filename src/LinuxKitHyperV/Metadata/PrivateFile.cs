using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Native.Unix;
using LinuxKitHyperV.Native.Windows;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Metadata;

/// <summary>Makes files that nobody may read but their user and the system, from their first moment on.</summary>
internal static class PrivateFile
{
    /// <summary>Makes a new file and has it written; it is deleted if that fails.</summary>
    /// <exception cref="Win32Exception">It cannot be made.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Create(string path, Action<Stream> write)
    {
        var isWritten = false;
        var isMade = false;
        try
        {
            using (var file = Open(path))
            {
                isMade = true;
                write(file);
            }

            isWritten = true;
        }
        finally
        {
            if (isMade && !isWritten)
            {
                File.Delete(path);
            }
        }
    }

    private static FileStream Open(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return new FileStream(Windows.Create(path), FileAccess.Write);
        }

        return new FileStream(Unix.Create(path), FileAccess.Write);
    }

    // By open(2): a mode that is set afterwards leaves a moment in which others may open the file.
    private static class Unix
    {
        public static SafeFileHandle Create(string path)
        {
            var file = LibC.Open(path, LibC.WriteNewFile, LibC.OwnerReadsAndWrites);
            return file.IsInvalid ? throw new Win32Exception() : file;
        }
    }

    private static class Windows
    {
        public static SafeFileHandle Create(string path)
        {
            if (!Advapi32.ConvertDescriptor(UserAndSystem(), Advapi32.DescriptorRevision, out var descriptor, IntPtr.Zero))
            {
                throw new Win32Exception();
            }

            try
            {
                var handle = Kernel32.CreateFile(
                    path,
                    Kernel32.GenericWrite,
                    share: 0,
                    new Kernel32.SecurityAttributes(descriptor),
                    Kernel32.CreateNew,
                    Kernel32.NormalFile,
                    template: IntPtr.Zero);
                return handle.IsInvalid ? throw new Win32Exception() : handle;
            }
            finally
            {
                Kernel32.LocalFree(descriptor);
            }
        }

        // Protected from what the folder would hand down: all rights for the user, and for SYSTEM, which Hyper-V's service runs as. Not for the
        // file's owner: that is the group of administrators where the process is elevated, and without elevation its user is none of them.
        private static string UserAndSystem() => $"D:P(A;;FA;;;{ProcessUser.SecurityIdentifier()})(A;;FA;;;SY)";
    }
}
