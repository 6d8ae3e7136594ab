using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>What the stand-in recorded of a machine's COM 1: all that came from the guest, also what no client got.</summary>
internal sealed class SerialRecord
{
    private const string Variable = "HYPERV_QEMU_SERIAL_LOG";

    /// <summary>Enough bytes to find a place again.</summary>
    private const int Landmark = 256;

    private readonly byte[] _record;
    private readonly byte[] _log;

    private SerialRecord(byte[] record, byte[] log)
    {
        _record = record;
        _log = log;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _record;

    /// <summary>How many bytes QEMU logged once more, because its socket was full when it sent them first.</summary>
    public int Repeats => _log.Length - _record.Length;

    /// <summary>Has the machines recorded that are started from now on.</summary>
    public static void Begin() => Environment.SetEnvironmentVariable(Variable, "1");

    /// <summary>Has no more machines recorded.</summary>
    public static void End() => Environment.SetEnvironmentVariable(Variable, null);

    /// <summary>Reads the record of the only machine that there is.</summary>
    public static SerialRecord Read()
    {
        var home = Environment.GetEnvironmentVariable("HYPERV_QEMU_HOME")!;
        return new SerialRecord(ReadOnly(home, "com1.record"), ReadOnly(home, "com1.log"));
    }

    /// <summary>Asserts that QEMU's own log of the line says the same, but for the bytes that it repeats.</summary>
    public void AssertThatQemuAgrees()
    {
        var next = 0;
        foreach (var logged in _log)
        {
            if (next < _record.Length && logged == _record[next])
            {
                next++;
            }
            else
            {
                Assert.True(next > 0 && logged == _record[next - 1], $"QEMU's log differs from the record at {next}.");
            }
        }

        Assert.Equal(_record.Length, next);
    }

    /// <summary>Finds what a capture has not got.</summary>
    /// <returns>Where bytes are missing, and how many.</returns>
    public IReadOnlyList<(int Position, int Count)> Missing(ReadOnlySpan<byte> captured)
    {
        var missing = new List<(int Position, int Count)>();
        var position = 0;
        while (true)
        {
            var same = Bytes[position..].CommonPrefixLength(captured);
            position += same;
            captured = captured[same..];
            if (position == _record.Length)
            {
                Assert.True(captured.IsEmpty, $"{captured.Length} bytes were captured that never came.");
                return missing;
            }

            var gap = captured.IsEmpty ? _record.Length - position : Bytes[position..].IndexOf(captured[..Math.Min(Landmark, captured.Length)]);
            Assert.True(gap >= 0, $"The capture differs from the record at {position}.");
            missing.Add((position, gap));
            position += gap;
        }
    }

    private static byte[] ReadOnly(string home, string name) =>
        File.ReadAllBytes(Directory.EnumerateFiles(home, name, SearchOption.AllDirectories).Single());
}
