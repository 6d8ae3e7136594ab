using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>A VM's COM port as its console has it: the server of a pipe, faster than any serial line.</summary>
internal sealed class ComPort : IDisposable
{
    /// <summary>What a kernel says.</summary>
    public const string Line = "[    4.123456] virtio_blk virtio1: [vda] 2097152 512-byte logical blocks\r\n";

    private readonly NamedPipeServerStream _pipe;

    /// <summary>Opens the pipe of a VM that has its first pipe's name.</summary>
    public ComPort(string machineName)
    {
        var name = $"{machineName}-com1";
        SocketPath = Path.Combine(Path.GetTempPath(), $"CoreFxPipe_{name}");
        _pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1);
    }

    /// <summary>The pipe as other programs open it where it is a socket.</summary>
    public string SocketPath { get; }

    /// <summary>Waits until somebody listens.</summary>
    public void WaitForClient() => _pipe.WaitForConnection();

    /// <summary>Says something.</summary>
    public void Say(string text) => _pipe.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>So many bytes of what a kernel says.</summary>
    public static byte[] Piece(int bytes) =>
        [.. Enumerable.Repeat(Encoding.ASCII.GetBytes(Line), (bytes / Line.Length) + 1).SelectMany(line => line).Take(bytes)];

    /// <summary>Says so many bytes, piece by piece.</summary>
    public void Flood(long bytes, byte[] piece)
    {
        for (long said = 0; said < bytes; said += piece.Length)
        {
            _pipe.Write(piece);
        }
    }

    /// <summary>Answers each key with itself until the pipe's other end is closed.</summary>
    public Task Echo() => Task.Factory.StartNew(
        () =>
        {
            var keys = new byte[256];
            for (var count = _pipe.Read(keys); count > 0; count = _pipe.Read(keys))
            {
                _pipe.Write(keys, 0, count);
            }
        },
        TaskCreationOptions.LongRunning);

    /// <summary>Closes the pipe: what was said can still be read.</summary>
    public void Dispose() => _pipe.Dispose();
}
