using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Native.Windows;

/// <summary>What the module needs of Windows for files, pipes and terminals.</summary>
/// <remarks>Wine alone has run it. Wine does not know <see cref="QueryAllocatedRanges"/>, and keeps no access list whole.</remarks>
internal static class Kernel32
{
    // Of CreateFile.
    public const uint GenericRead = 0x80000000;
    public const uint GenericWrite = 0x40000000;
    public const uint ReadAttributes = 0x80;
    public const uint ShareAll = 1 | 2 | 4;
    public const uint CreateNew = 1;
    public const uint OpenExisting = 3;
    public const uint OpenAlways = 4;
    public const uint NormalFile = 0x80;
    public const uint Overlapped = 0x40000000;

    /// <summary>FILE_FLAG_OPEN_REPARSE_POINT: a link is opened itself, and not what it leads to.</summary>
    public const uint OpenReparsePoint = 0x00200000;

    /// <summary>SECURITY_SQOS_PRESENT and SECURITY_IDENTIFICATION: a pipe's server may learn who connects, and must not act as them.</summary>
    public const uint IdentificationOnly = 0x00100000 | 0x00010000;

    /// <summary>FILE_FLAG_BACKUP_SEMANTICS: folders are opened, too.</summary>
    public const uint FoldersToo = 0x02000000;

    /// <summary>FileAttributeTagInfo of FILE_INFO_BY_HANDLE_CLASS.</summary>
    public const int AttributeTag = 9;

    /// <summary>FSCTL_SET_COMPRESSION, FSCTL_SET_SPARSE and FSCTL_SET_INTEGRITY_INFORMATION.</summary>
    public const uint SetCompression = 0x0009C040;
    public const uint SetSparse = 0x000900C4;
    public const uint SetIntegrity = 0x0009C280;

    /// <summary>FSCTL_QUERY_ALLOCATED_RANGES.</summary>
    public const uint QueryAllocatedRanges = 0x000940CF;

    // Errors.
    public const int FileNotFound = 2;
    public const int AlreadyExists = 183;
    public const int MoreData = 234;

    public const int StandardInput = -10;
    public const int StandardOutput = -11;
    public const uint Infinite = 0xFFFFFFFF;

    /// <summary>ENABLE_PROCESSED_INPUT, ENABLE_LINE_INPUT, ENABLE_ECHO_INPUT and ENABLE_MOUSE_INPUT.</summary>
    public const uint CookedInput = 0x0001 | 0x0002 | 0x0004 | 0x0010;

    /// <summary>ENABLE_VIRTUAL_TERMINAL_INPUT.</summary>
    public const uint VirtualTerminalInput = 0x0200;

    /// <summary>ENABLE_PROCESSED_OUTPUT, ENABLE_VIRTUAL_TERMINAL_PROCESSING and DISABLE_NEWLINE_AUTO_RETURN.</summary>
    public const uint VirtualTerminalOutput = 0x0001 | 0x0004 | 0x0008;

    public const ushort KeyEvent = 1;
    public const ushort AltKey = 0x12;
    public const ushort SpaceKey = 0x20;
    public const uint CtrlPressed = 0x0004 | 0x0008;

    [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    public static extern SafeFileHandle CreateFile(
        string path, uint access, uint share, [In] SecurityAttributes? attributes, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32.dll", EntryPoint = "GetFileInformationByHandle", SetLastError = true, ExactSpelling = true)]
    public static extern bool GetFileInformation(SafeFileHandle file, out FileInformation information);

    [DllImport("kernel32.dll", EntryPoint = "GetFileInformationByHandleEx", SetLastError = true, ExactSpelling = true)]
    public static extern bool GetFileInformationEx(SafeFileHandle file, int what, out AttributeTagInformation information, uint size);

    [DllImport("kernel32.dll", EntryPoint = "QueryDosDeviceW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    public static extern uint QueryDosDevice(string device, StringBuilder target, uint length);

    [DllImport("kernel32.dll", EntryPoint = "GetFinalPathNameByHandleW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    public static extern uint GetFinalPath(SafeFileHandle file, StringBuilder path, uint length, uint flags);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    public static extern bool DeviceIoControl(
        SafeFileHandle file,
        uint code,
        ref AllocatedRange input,
        uint inputSize,
        out AllocatedRange output,
        uint outputSize,
        out uint returned,
        IntPtr overlapped);

    [DllImport("kernel32.dll", EntryPoint = "WaitNamedPipeW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    public static extern bool WaitNamedPipe(string name, uint timeout);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    public static extern IntPtr LocalFree(IntPtr memory);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    public static extern IntPtr GetStdHandle(int which);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    public static extern bool GetConsoleMode(IntPtr console, out uint mode);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    public static extern bool SetConsoleMode(IntPtr console, uint mode);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    public static extern uint WaitForMultipleObjects(uint count, IntPtr[] handles, bool all, uint milliseconds);

    [DllImport("kernel32.dll", EntryPoint = "ReadConsoleInputW", SetLastError = true, ExactSpelling = true)]
    public static extern bool ReadConsoleInput(IntPtr console, [Out] InputRecord[] records, uint length, out uint count);

    [DllImport("kernel32.dll", EntryPoint = "WriteConsoleW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    public static extern bool WriteConsole(IntPtr console, char[] text, uint length, out uint written, IntPtr reserved);

    /// <summary>SECURITY_ATTRIBUTES.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public sealed class SecurityAttributes(IntPtr descriptor)
    {
        public int Length = Marshal.SizeOf<SecurityAttributes>();
        public IntPtr Descriptor = descriptor;
        public int InheritHandle;
    }

    /// <summary>BY_HANDLE_FILE_INFORMATION, of which only that is read by which a file is known.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 52)]
    public struct FileInformation
    {
        [FieldOffset(28)]
        public uint Volume;

        [FieldOffset(44)]
        public uint IndexHigh;

        [FieldOffset(48)]
        public uint IndexLow;
    }

    /// <summary>FILE_ATTRIBUTE_TAG_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct AttributeTagInformation
    {
        public FileAttributes Attributes;
        public uint Tag;
    }

    /// <summary>FILE_ALLOCATED_RANGE_BUFFER.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct AllocatedRange
    {
        public long Offset;
        public long Length;
    }

    /// <summary>INPUT_RECORD, of which only keys are read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 20, CharSet = CharSet.Unicode)]
    public struct InputRecord
    {
        [FieldOffset(0)]
        public ushort Type;

        [FieldOffset(4)]
        public KeyRecord Key;
    }

    /// <summary>KEY_EVENT_RECORD.</summary>
    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    public struct KeyRecord
    {
        public int IsDown;
        public ushort RepeatCount;
        public ushort VirtualKey;
        public ushort ScanCode;
        public char Character;
        public uint ControlState;
    }
}
