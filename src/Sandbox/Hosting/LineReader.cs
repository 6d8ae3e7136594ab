using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Hosting;

/// <summary>
/// Reads lines from standard input as the terminal driver hands them out, with the driver's own editing. Console.In would put
/// the terminal into a mode of its own, and would keep a half-typed line after Ctrl+C.
/// </summary>
internal sealed class LineReader
{
    private readonly Stream _input = OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    private Task<string?>? _pending;

    /// <returns>A line without its end; null at the end of the input.</returns>
    /// <exception cref="OperationCanceledException">The stop was asked for before the line was there: the next read gets it.</exception>
    public string? ReadLine(CancellationToken stop)
    {
        _pending ??= Task.Factory.StartNew(ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _pending.Wait(stop);

        string? line = _pending.Result;
        _pending = null;
        return line;
    }

    private string? ReadLine()
    {
        // Byte by byte: what follows the line belongs to whoever reads next, a native command perhaps.
        var line = new List<byte>();
        for (int next = _input.ReadByte(); next != '\n'; next = _input.ReadByte())
        {
            if (next < 0)
            {
                return line.Count == 0 ? null : Decode(line);
            }

            line.Add((byte)next);
        }

        return Decode(line);
    }

    private static string Decode(List<byte> line) => Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');
}
