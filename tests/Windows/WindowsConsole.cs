using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Native.Windows;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>The console of this process as its standard input and output, which a test runner may have redirected.</summary>
internal sealed class WindowsConsole : IDisposable
{
    private readonly IntPtr _standardInput = Kernel32.GetStdHandle(Kernel32.StandardInput);
    private readonly IntPtr _standardOutput = Kernel32.GetStdHandle(Kernel32.StandardOutput);
    private readonly SafeFileHandle _input;
    private readonly SafeFileHandle _output;

    public WindowsConsole()
    {
        _input = Open("CONIN$");
        _output = Open("CONOUT$");
        Check(SetStdHandle(Kernel32.StandardInput, _input.DangerousGetHandle()));
        Check(SetStdHandle(Kernel32.StandardOutput, _output.DangerousGetHandle()));
        Check(FlushConsoleInputBuffer(_input.DangerousGetHandle()));
    }

    public (uint Input, uint Output) Modes
    {
        get
        {
            Check(Kernel32.GetConsoleMode(_input.DangerousGetHandle(), out var input));
            Check(Kernel32.GetConsoleMode(_output.DangerousGetHandle(), out var output));
            return (input, output);
        }
    }

    /// <summary>Types characters, each as a key that goes down and up.</summary>
    public void Type(string text)
    {
        foreach (var character in text)
        {
            Press(new() { Character = character });
        }
    }

    /// <summary>Presses a key and lets it go.</summary>
    public void Press(Kernel32.KeyRecord key)
    {
        key.RepeatCount = Math.Max(key.RepeatCount, (ushort)1);
        Inject(key with { IsDown = 1 });
        Inject(key with { IsDown = 0 });
    }

    /// <summary>Puts a key's event into the console's input.</summary>
    public void Inject(Kernel32.KeyRecord key) => Inject(new Kernel32.InputRecord { Type = Kernel32.KeyEvent, Key = key });

    /// <summary>Puts an event into the console's input.</summary>
    public void Inject(Kernel32.InputRecord record) =>
        Check(WriteConsoleInput(_input.DangerousGetHandle(), [record], 1, out _));

    public string TextBeforeCursor()
    {
        Check(GetConsoleScreenBufferInfo(_output.DangerousGetHandle(), out var screen));
        var text = new char[screen.CursorX];
        Check(ReadConsoleOutputCharacter(_output.DangerousGetHandle(), text, (uint)text.Length, (uint)(ushort)screen.CursorY << 16, out var count));
        return new string(text, 0, (int)count);
    }

    public void Dispose()
    {
        SetStdHandle(Kernel32.StandardInput, _standardInput);
        SetStdHandle(Kernel32.StandardOutput, _standardOutput);
        _input.Dispose();
        _output.Dispose();
    }

    private static SafeFileHandle Open(string name)
    {
        const uint ReadWrite = 0xC0000000;
        const uint ShareReadWrite = 3;
        const uint OpenExisting = 3;
        var handle = CreateFile(name, ReadWrite, ShareReadWrite, IntPtr.Zero, OpenExisting, 0, IntPtr.Zero);
        return handle.IsInvalid ? throw new Win32Exception() : handle;
    }

    private static void Check(bool success)
    {
        if (!success)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    private static extern SafeFileHandle CreateFile(
        string fileName, uint access, uint share, IntPtr securityAttributes, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    private static extern bool SetStdHandle(int which, IntPtr handle);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    private static extern bool FlushConsoleInputBuffer(IntPtr console);

    [DllImport("kernel32.dll", EntryPoint = "WriteConsoleInputW", SetLastError = true, ExactSpelling = true)]
    private static extern bool WriteConsoleInput(IntPtr console, Kernel32.InputRecord[] records, uint length, out uint written);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    private static extern bool GetConsoleScreenBufferInfo(IntPtr console, out ScreenBufferInfo info);

    [DllImport("kernel32.dll", EntryPoint = "ReadConsoleOutputCharacterW", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
    private static extern bool ReadConsoleOutputCharacter(IntPtr console, [Out] char[] text, uint length, uint coordinates, out uint read);

    [StructLayout(LayoutKind.Sequential)]
    private struct ScreenBufferInfo
    {
        public short Width;
        public short Height;
        public short CursorX;
        public short CursorY;
        public ushort Attributes;
        public short Left;
        public short Top;
        public short Right;
        public short Bottom;
        public short MaximumWidth;
        public short MaximumHeight;
    }
}
