using System;
using System.IO;
using System.Text;

namespace HyperV.Qemu.Engine;

/// <summary>A name for a folder that is short enough for the sockets in it.</summary>
/// <remarks>
/// The address of a Unix socket holds 107 bytes, which a runtime folder in a deep home exceeds. The system counts only the
/// bytes of the address, not of what it leads to, so a symbolic link lends a deep folder a short name while it is needed.
/// </remarks>
internal sealed class SocketPath : IDisposable
{
    /// <summary>The bytes that an address holds, without the zero at its end.</summary>
    public const int Limit = 107;

    private readonly string? _link;

    /// <summary>Finds a short name for a socket's path.</summary>
    public SocketPath(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= Limit)
        {
            Text = path;
            return;
        }

        _link = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateSymbolicLink(_link, Path.GetDirectoryName(path)!);
        Text = Path.Combine(_link, Path.GetFileName(path));
    }

    /// <summary>The path by which the socket can be reached until this is disposed of.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_link is not null)
        {
            File.Delete(_link);
        }
    }
}
