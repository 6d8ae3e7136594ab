using System;
using System.IO;

namespace LinuxKitHyperV.Console;

/// <summary>
/// The log file of a console. Each write goes to the system at once: what a killed process has captured is in the file.
/// </summary>
internal sealed class ConsoleLog : IDisposable
{
    private readonly ConsoleLogOptions _options;
    private readonly ConsoleLogFilter _filter = new();
    private FileStream _file;
    private long _length;

    /// <summary>Opens the file.</summary>
    /// <exception cref="ConsoleLogException">It cannot be opened.</exception>
    public ConsoleLog(ConsoleLogOptions options)
    {
        _options = options;
        try
        {
            _file = Open(options.Append ? FileMode.Append : FileMode.Create);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ConsoleLogException(options.Path, e.Message, e);
        }

        _length = _file.Position;
    }

    /// <summary>Gets why logging stopped, if it did: a full disk must not stop the capture.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Writes bytes, unless a write has failed before.</summary>
    public void Write(byte[] buffer, int offset, int count)
    {
        if (Failure != null)
        {
            return;
        }

        var bytes = _options.IsRaw ? new ArraySegment<byte>(buffer, offset, count) : _filter.Filter(buffer, offset, count);
        try
        {
            if (_options.RotateAtBytes > 0 && _length > 0 && _length + bytes.Count > _options.RotateAtBytes)
            {
                Rotate();
            }

            _file.Write(bytes.Array!, bytes.Offset, bytes.Count);
            _file.Flush();
            _length += bytes.Count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure = e;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Rotate()
    {
        _file.Dispose();
        File.Delete(Rotated(_options.RotatedFiles));
        for (var i = _options.RotatedFiles - 1; i > 0; i--)
        {
            if (File.Exists(Rotated(i)))
            {
                File.Move(Rotated(i), Rotated(i + 1));
            }
        }

        if (_options.RotatedFiles > 0)
        {
            File.Move(_options.Path, Rotated(1));
        }

        _file = Open(FileMode.Create);
        _length = 0;
    }

    private string Rotated(int index) => $"{_options.Path}.{index}";

    // Others may read, rename and delete the file while it grows. On .NET Framework the smallest buffer has eight bytes.
    private FileStream Open(FileMode mode) => IsLink(_options.Path)
        ? throw new IOException("It is a link, and is not followed: what it leads to may be somebody else's.")
        : new(_options.Path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);

    private static bool IsLink(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
