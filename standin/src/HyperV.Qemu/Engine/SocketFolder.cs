using System;
using System.IO;
using System.Text;

namespace HyperV.Qemu.Engine;

/// <summary>A runtime folder by a name that is short enough for the sockets in it.</summary>
/// <remarks>
/// The address of a Unix socket holds 107 bytes, which a folder in a deep home exceeds. The system counts the bytes of
/// the address, not of what it leads to; so a symbolic link lends a deep folder a short name for as long as it is needed.
/// </remarks>
internal sealed class SocketFolder : IDisposable
{
    /// <summary>The bytes that an address holds, without the zero at its end.</summary>
    public const int Limit = 107;

    private readonly string? _link;

    /// <summary>Finds the short name.</summary>
    public SocketFolder(RuntimeFolder folder)
    {
        if (Encoding.UTF8.GetByteCount(folder.ControlSocket) <= Limit)
        {
            Names = folder;
            return;
        }

        _link = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateSymbolicLink(_link, folder.Path);
        Names = new RuntimeFolder(_link);
    }

    /// <summary>The names by which the sockets can be reached until this is disposed of.</summary>
    public RuntimeFolder Names { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_link is not null)
        {
            File.Delete(_link);
        }
    }
}
