using System;
using System.IO;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Formats.Iso9660;

namespace LinuxKitHyperV.Metadata;

/// <summary>What is in a file of the metadata. It may be a secret: nothing prints it.</summary>
internal sealed class MetadataContent : IIsoContent
{
    private const int CopyLength = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[]? _bytes;
    private readonly string? _path;

    private MetadataContent(byte[]? bytes, string? path, long length)
    {
        _bytes = bytes;
        _path = path;
        Length = length;
    }

    /// <summary>No bytes at all.</summary>
    public static MetadataContent Empty { get; } = OfBytes([]);

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>These bytes.</summary>
    public static MetadataContent OfBytes(byte[] bytes) => new(bytes, null, bytes.Length);

    /// <summary>Text, in UTF-8.</summary>
    public static MetadataContent OfText(string text) => OfBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>A file, which is read when it is needed.</summary>
    /// <exception cref="LinuxKitException">MetadataNotReadable.</exception>
    public static MetadataContent OfFile(string path)
    {
        using var file = Open(path);
        return new MetadataContent(null, path, file.Length);
    }

    /// <inheritdoc/>
    /// <exception cref="LinuxKitException">MetadataNotReadable.</exception>
    /// <exception cref="OperationCanceledException">The copying was canceled.</exception>
    public void CopyTo(Stream target, CancellationToken cancellation)
    {
        using var source = Open();
        var buffer = new byte[Math.Min(CopyLength, Length)];
        for (var left = Length; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (count == 0)
            {
                throw NotReadable(_path ?? string.Empty, new EndOfStreamException("It has become shorter meanwhile."));
            }

            target.Write(buffer, 0, count);
            left -= count;
        }
    }

    /// <summary>Opens it for reading.</summary>
    /// <exception cref="LinuxKitException">MetadataNotReadable.</exception>
    public Stream Open() => _bytes is not null ? new MemoryStream(_bytes, writable: false) : Open(_path!);

    /// <summary>It as text, or null where it is none.</summary>
    public string? ToText()
    {
        using var stream = Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        try
        {
            return StrictUtf8.GetString(copy.ToArray());
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, exception);
        }
    }

    /// <summary>A file or folder that cannot be read.</summary>
    public static LinuxKitException NotReadable(string path, Exception exception) => new(
        "MetadataNotReadable",
        FailureKind.ReadError,
        $"'{path}' cannot be read. {exception.Message}",
        path,
        "Check the path, and that you may read it.",
        exception);
}
