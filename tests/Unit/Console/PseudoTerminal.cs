using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using LinuxKitHyperV.Native.Unix;
using Microsoft.Win32.SafeHandles;

namespace LinuxKitHyperV.Tests.Console;

/// <summary>A real terminal of the kernel's, whose screen and keyboard is the test.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;

    private readonly SafeFileHandle _person;
    private readonly FileStream _stream;

    public PseudoTerminal()
    {
        var descriptor = posix_openpt(ReadWrite | NoControllingTerminal);
        Check(descriptor);
        _person = new SafeFileHandle(descriptor, ownsHandle: true);
        Check(grantpt(descriptor));
        Check(unlockpt(descriptor));
        Descriptor = open(Marshal.PtrToStringUTF8(ptsname(descriptor))!, ReadWrite | NoControllingTerminal);
        Check(Descriptor);
        _stream = new FileStream(_person, FileAccess.ReadWrite, 0);
    }

    /// <summary>The program's end, which is its input and output.</summary>
    public int Descriptor { get; }

    public byte[] Settings
    {
        get
        {
            var settings = new byte[LibC.TermiosSize];
            Check(LibC.GetAttributes(Descriptor, settings));
            return settings;
        }
    }

    public void Type(string keys) => _stream.Write(Encoding.UTF8.GetBytes(keys));

    public string See(int count)
    {
        var bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    public void Dispose()
    {
        LibC.Close(Descriptor);
        _stream.Dispose();
        _person.Dispose();
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern IntPtr ptsname(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
