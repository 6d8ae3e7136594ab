using System.Formats.Tar;
using System.IO;
using System.IO.Compression;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Builds gzipped tars with a disk in them.</summary>
internal static class GzipTar
{
    /// <summary>A tar of a disk.</summary>
    public static byte[] Of(byte[] disk)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Gnu))
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "disk.raw") { DataStream = new MemoryStream(disk) });
        }

        return bytes.ToArray();
    }
}
