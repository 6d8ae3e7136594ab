using System.IO;
using System.IO.Compression;
using LinuxKitHyperV.Content;

namespace LinuxKitHyperV.Formats;

/// <summary>Inflates blocks that were compressed one by one.</summary>
internal static class Deflate
{
    /// <summary>Inflates a block.</summary>
    /// <param name="file">Where it is.</param>
    /// <param name="offset">Where in it.</param>
    /// <param name="length">How many bytes it may be made of; the file may end before.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="count">How many bytes there have to be.</param>
    /// <exception cref="ImageFormatException">They are not that many.</exception>
    public static void Inflate(ImageContent file, long offset, int length, byte[] buffer, int count)
    {
        var available = (int)System.Math.Min(length, System.Math.Max(0, file.Length - offset));
        using var compressed = new MemoryStream(file.Read(offset, available), writable: false);
        using var inflated = new DeflateStream(compressed, CompressionMode.Decompress);
        var done = 0;
        try
        {
            for (int read; done < count && (read = inflated.Read(buffer, done, count - done)) > 0;)
            {
                done += read;
            }
        }
        catch (InvalidDataException exception)
        {
            throw ImageFormatException.Damaged($"The compressed block at {offset} cannot be inflated. {exception.Message}");
        }

        if (done < count)
        {
            throw available < length
                ? ImageFormatException.Truncated($"The file ends in the compressed block at {offset}.")
                : ImageFormatException.Damaged($"The compressed block at {offset} holds {done} bytes instead of {count}.");
        }
    }
}
