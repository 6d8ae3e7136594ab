using System;
using System.IO;
using LinuxKitHyperV.Console.Text;

namespace LinuxKitHyperV.Console;

/// <summary>
/// The log file of a console. Each write goes to the system at once: what a killed process has captured is in the file.
/// </summary>
internal sealed class ConsoleLog : IDisposable
{
    private readonly ConsoleLogOptions _options;
    private readonly ConsoleLogFilter _filter = new();
    private readonly bool _isNew;
    private FileStream _file;
    private long _length;
    private bool _hasBegun;

    /// <summary>Opens the file.</summary>
    /// <exception cref="ConsoleLogException">It cannot be opened.</exception>
    public ConsoleLog(ConsoleLogOptions options)
    {
        _options = options;
        try
        {
            _file = NoFollowFile.OpenOrCreate(options.Path, out _isNew);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ConsoleLogException(options.Path, exception.Message, exception);
        }
    }

    /// <summary>Why logging stopped, if it did: a full disk must not stop the capture.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Begins the log, if it has not: the console is there. Until then the file is as it was, since the VM's start may fail.</summary>
    public void Begin()
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = Failure == null;
        Try(() =>
        {
            if (_file.CanSeek)
            {
                if (!_options.Append)
                {
                    Empty();
                }

                _length = _file.Seek(0, SeekOrigin.End);
            }
        });
    }

    /// <summary>Writes bytes, unless a write has failed before.</summary>
    public void Write(byte[] buffer, int offset, int count)
    {
        Begin();
        Try(() =>
        {
            var bytes = _options.IsRaw ? new ArraySegment<byte>(buffer, offset, count) : _filter.Filter(buffer, offset, count);
            if (_options.RotateAtBytes > 0 && _length > 0 && _length + bytes.Count > _options.RotateAtBytes)
            {
                Rotate();
            }

            _file.Write(bytes.Array!, bytes.Offset, bytes.Count);
            _file.Flush();
            _length += bytes.Count;
        });
    }

    /// <summary>Closes the file. One that was made for a console that never was is deleted.</summary>
    public void Dispose()
    {
        _file.Dispose();
        Try(() =>
        {
            if (_isNew && !_hasBegun && new FileInfo(_options.Path) is { Exists: true, Length: 0 })
            {
                File.Delete(_options.Path);
            }
        });
    }

    private void Try(Action action)
    {
        if (Failure != null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure = exception;
        }
    }

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

        // What came to its place meanwhile is replaced.
        _file = NoFollowFile.OpenOrCreate(_options.Path, out _);
        Empty();
        _length = 0;
    }

    // A device has no length, and takes none.
    private void Empty()
    {
        if (_file.Length > 0)
        {
            _file.SetLength(0);
        }
    }

    private string Rotated(int index) => $"{_options.Path}.{index}";
}

/// <summary>The log file of a console cannot be written.</summary>
internal sealed class ConsoleLogException : IOException
{
    /// <summary>Names the file and the reason.</summary>
    public ConsoleLogException(string path, string reason, Exception? innerException = null)
        : base($"The console cannot be logged to '{path}': {reason}", innerException) => Path = path;

    /// <summary>The file's path.</summary>
    public string Path { get; }
}
