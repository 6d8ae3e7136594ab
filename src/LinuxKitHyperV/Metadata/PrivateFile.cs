using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Metadata;

/// <summary>Makes files that nobody may read but their user and the system, from their first moment on.</summary>
internal static class PrivateFile
{
    /// <summary>Makes a file, which must not be there, and has it written; a file that is not written whole is deleted.</summary>
    /// <exception cref="LinuxKitException">MetadataNotWritable.</exception>
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new LinuxKitException(
                "MetadataNotWritable",
                FailureKind.WriteError,
                $"The metadata image '{path}' could not be written. {exception.Message}",
                path,
                "Check that its folder exists, may be written by you and has space.",
                exception);
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

    /// <summary>Linux's open(2): .NET Standard's files take no mode, and one that is set afterwards leaves a moment in which others may open the file.</summary>
    private static class Unix
    {
        private const int OwnerReadsAndWrites = 0x180;

        /// <summary>O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, as Linux has them.</summary>
        private const int WriteNewFile = 0x800C1;

        public static SafeFileHandle Create(string path)
        {
            var file = new SafeFileHandle((IntPtr)Open(path, WriteNewFile, OwnerReadsAndWrites), ownsHandle: true);
            return file.IsInvalid ? throw new Win32Exception() : file;
        }

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        private static extern int Open(string path, int flags, int mode);
    }

    private static class Windows
    {
        private const uint GenericWrite = 0x40000000;
        private const uint CreateNew = 1;
        private const uint NormalFile = 0x80;

        public static SafeFileHandle Create(string path)
        {
            if (!ConvertDescriptor(UserAndSystem(), 1, out var descriptor, IntPtr.Zero))
            {
                throw new Win32Exception();
            }

            try
            {
                var attributes = new SecurityAttributes { Length = Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor };
                var handle = CreateFile(path, GenericWrite, 0, ref attributes, CreateNew, NormalFile, IntPtr.Zero);
                return handle.IsInvalid ? throw new Win32Exception() : handle;
            }
            finally
            {
                LocalFree(descriptor);
            }
        }

        // Protected from what the folder would hand down: all rights for the user, and for SYSTEM, which Hyper-V's service runs as. Not for the
        // file's owner: that is the group of administrators where the process is elevated, and without elevation its user is none of them.
        private static string UserAndSystem() => $"D:P(A;;FA;;;{ProcessUser.SecurityIdentifier()})(A;;FA;;;SY)";

        [DllImport("advapi32.dll", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern bool ConvertDescriptor(string text, uint revision, out IntPtr descriptor, IntPtr length);

        [DllImport("kernel32.dll", EntryPoint = "CreateFileW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
        private static extern SafeFileHandle CreateFile(
            string path, uint access, uint share, ref SecurityAttributes attributes, uint disposition, uint flags, IntPtr template);

        [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
        private static extern IntPtr LocalFree(IntPtr memory);

        [StructLayout(LayoutKind.Sequential)]
        private struct SecurityAttributes
        {
            public int Length;
            public IntPtr Descriptor;
            public int InheritHandle;
        }
    }
}
