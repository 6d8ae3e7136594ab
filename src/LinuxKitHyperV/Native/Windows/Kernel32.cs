using System;
using System.Runtime.InteropServices;

namespace LinuxKitHyperV.Native.Windows;

/// <summary>What a terminal on Windows needs of the system.</summary>
internal static class Kernel32
{
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
