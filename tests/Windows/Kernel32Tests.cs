using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Native.Windows;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>What the module takes of Windows, by name, by form and by its errors.</summary>
public sealed class Kernel32Tests
{
    private const int InvalidHandle = 6;

    private static readonly IntPtr InvalidHandleValue = new(-1);
    private static readonly IntPtr Nothing = new(0x7FFFFFF0);

    public static IEnumerable<TheoryDataRow<string, string>> Functions =>
        from type in typeof(ConsolePipe).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let import = method.GetCustomAttribute<DllImportAttribute>()
        where import?.Value.EndsWith(".dll", StringComparison.Ordinal) == true
        select new TheoryDataRow<string, string>(import.Value, import.EntryPoint ?? method.Name);

    [Theory]
    [MemberData(nameof(Functions))]
    public void EveryFunctionIsThere(string library, string function) =>
        Assert.True(NativeLibrary.TryGetExport(NativeLibrary.Load(library), function, out _));

    /// <remarks>From wincon.h: offsets are those of a C compiler for x64.</remarks>
    [Fact]
    public void RecordsHaveWindowsForm()
    {
        Assert.Equal(20, Marshal.SizeOf<Kernel32.InputRecord>());
        Assert.Equal(4, (int)Marshal.OffsetOf<Kernel32.InputRecord>(nameof(Kernel32.InputRecord.Key)));
        Assert.Equal(
            [0, 4, 6, 8, 10, 12],
            new[] { "IsDown", "RepeatCount", "VirtualKey", "ScanCode", "Character", "ControlState" }.Select(field => (int)Marshal.OffsetOf<Kernel32.KeyRecord>(field)));
    }

    [Fact]
    public void WhatIsNoConsoleFailsWithItsError()
    {
        AssertFails(Kernel32.GetStdHandle(-99) != InvalidHandleValue);
        AssertFails(Kernel32.GetConsoleMode(Nothing, out _));
        AssertFails(Kernel32.SetConsoleMode(Nothing, 0));
        AssertFails(Kernel32.ReadConsoleInput(Nothing, new Kernel32.InputRecord[1], 1, out _));
        AssertFails(Kernel32.WriteConsole(Nothing, ['x'], 1, out _, IntPtr.Zero));
        AssertFails(Kernel32.WaitForMultipleObjects(1, [Nothing], false, 0) != uint.MaxValue);
    }

    [Fact]
    public void WhatIsWrittenIsData()
    {
        using var folder = new TemporaryFolder();
        using var file = new FileStream(folder["disk.img"], FileMode.CreateNew);
        file.Write(new byte[100]);
        file.Flush();

        Assert.Equal(new Extent(0, 100, IsData: true), SparseFile.ExtentAt(file, 0, 100));
    }

    [Fact]
    public void WhatHasNoExtentsIsAllData()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var handle = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        using var file = new FileStream(handle, FileAccess.Read);

        Assert.Equal(new Extent(10, 90, IsData: true), SparseFile.ExtentAt(file, 10, 100));
    }

    // NTFS tells the holes of a file that is marked as sparse; what cannot tell says that all is data.
    [Fact]
    public void ExtentsCoverAFileAndHoldWhatIsWritten()
    {
        const uint SetSparse = 0x000900C4;
        const int Length = 1 << 20;
        const int Written = Length / 2;
        using var folder = new TemporaryFolder();
        using var file = new FileStream(folder["disk.img"], FileMode.CreateNew);
        DeviceIoControl(file.SafeFileHandle, SetSparse, IntPtr.Zero, 0, IntPtr.Zero, 0, out _, IntPtr.Zero);
        file.SetLength(Length);
        file.Position = Written;
        file.Write(new byte[4096]);
        file.Flush(flushToDisk: true);

        var end = 0L;
        while (end < Length)
        {
            var extent = SparseFile.ExtentAt(file, end, Length);
            TestContext.Current.TestOutputHelper?.WriteLine($"{extent}");
            Assert.Equal(end, extent.Offset);
            Assert.True(extent.Length > 0);
            end += extent.Length;
            Assert.True(extent.IsData || Written < extent.Offset || end <= Written);
        }

        Assert.Equal(Length, end);
    }

    private static void AssertFails(bool success)
    {
        var error = Marshal.GetLastWin32Error();
        Assert.False(success);
        Assert.Equal(InvalidHandle, error);
    }

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    private static extern bool DeviceIoControl(
        SafeFileHandle file, uint code, IntPtr input, uint inputSize, IntPtr output, uint outputSize, out uint returned, IntPtr overlapped);
}
