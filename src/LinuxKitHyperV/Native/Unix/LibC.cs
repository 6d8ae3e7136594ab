using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Native.Unix;

/// <summary>What the module needs of the C library for files, pipes and terminals.</summary>
/// <remarks>Where the stand-in takes Hyper-V's place: on a host with Hyper-V none of it runs. macOS' numbers have run nowhere.</remarks>
internal static class LibC
{
    public const int StandardInput = 0;
    public const int StandardOutput = 1;

    /// <summary>Larger than any system's struct termios, whose fields nobody here needs to know.</summary>
    public const int TermiosSize = 256;

    /// <summary>TCSANOW.</summary>
    public const int Now = 0;

    public const short PollIn = 1;
    public const short PollOut = 4;

    /// <summary>Longer than any terminal's name.</summary>
    public const int NameSize = 256;

    private const int Interrupted = 4;

    private static readonly bool IsMacOS = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
    private static readonly int TryAgain = IsMacOS ? 35 : 11;

    /// <summary>O_WRONLY | O_NONBLOCK | O_NOCTTY.</summary>
    public static readonly int WriteWithoutWaiting = IsMacOS ? 0x20005 : 0x901;

    /// <summary>O_WRONLY | O_NOFOLLOW | O_CLOEXEC.</summary>
    public static readonly int WriteNoLink = IsMacOS ? 0x1000101 : IsArm ? 0x88001 : 0xA0001;

    /// <summary>O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, as Linux has them.</summary>
    public const int WriteNewFile = 0x800C1;

    /// <summary>S_IRUSR | S_IWUSR.</summary>
    public const int OwnerReadsAndWrites = 0x180;

    /// <summary>ENXIO: behind the last data there is no address to seek to.</summary>
    public const int NoSuchAddress = 6;

    /// <summary>SEEK_DATA and SEEK_HOLE: Linux and macOS have the same two under exchanged numbers.</summary>
    public static readonly (int Data, int Hole) Seek = IsMacOS ? (4, 3) : (3, 4);

    /// <summary>ELOOP: what O_NOFOLLOW says of a link.</summary>
    public static readonly int IsLink = IsMacOS ? 62 : 40;

    /// <summary>Whether the call before failed with EINTR or EAGAIN, and is to be made again.</summary>
    public static bool IsTransientError => Marshal.GetLastWin32Error() is var error && (error == Interrupted || error == TryAgain);

    /// <summary>Throws where the call before failed, and is not to be made again.</summary>
    public static void Check(int result)
    {
        if (result < 0 && !IsTransientError)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Waits until a descriptor takes what is written to it, or says that it never will.</summary>
    /// <returns>What poll(2) says of it: 0 where the time has passed, or a signal came.</returns>
    public static short WaitToWrite(int descriptor, int milliseconds)
    {
        var polled = new PollDescriptor[] { new() { Descriptor = descriptor, Events = PollOut } };
        Check(Poll(polled, (UIntPtr)polled.Length, milliseconds));
        return polled[0].Returned;
    }

    [DllImport("libc", EntryPoint = "readlink", SetLastError = true)]
    public static extern IntPtr ReadLink(byte[] path, byte[] target, IntPtr size);

    [DllImport("libc", EntryPoint = "isatty", SetLastError = true)]
    public static extern int IsTerminal(int descriptor);

    [DllImport("libc", EntryPoint = "ttyname_r")]
    public static extern int GetTerminalName(int descriptor, [Out] byte[] name, UIntPtr size);

    /// <summary>Opens a file by open(2), or makes it: .NET Standard's files take neither such flags nor a mode.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="flags">What to do.</param>
    /// <param name="mode">The permissions of a file that is made.</param>
    /// <returns>The file; an invalid handle where that failed.</returns>
    public static SafeFileHandle Open(string path, int flags, int mode = 0) => new((IntPtr)Open(Encoding.UTF8.GetBytes(path + '\0'), flags, mode), ownsHandle: true);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    public static extern int Open(byte[] path, int flags, int mode);

    [DllImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static extern long SeekFile(SafeFileHandle file, long offset, int whence);

    [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static extern int GetAttributes(int descriptor, [Out] byte[] termios);

    [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static extern int SetAttributes(int descriptor, int actions, byte[] termios);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    public static extern void MakeRaw([In, Out] byte[] termios);

    [DllImport("libc", EntryPoint = "pipe", SetLastError = true)]
    public static extern int Pipe([Out] int[] descriptors);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    public static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static extern int Poll([In, Out] PollDescriptor[] descriptors, UIntPtr count, int milliseconds);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    public static extern IntPtr Read(int descriptor, [Out] byte[] buffer, UIntPtr count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    public static extern IntPtr Write(int descriptor, ref byte buffer, UIntPtr count);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
