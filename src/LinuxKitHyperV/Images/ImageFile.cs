using System;
using System.IO;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats.Iso9660;
using LinuxKitHyperV.Formats.Linux;
using LinuxKitHyperV.Formats.Partitions;
using LinuxKitHyperV.Formats.Qcow2;
using LinuxKitHyperV.Formats.Tar;
using LinuxKitHyperV.Formats.Vhd;
using LinuxKitHyperV.Formats.Vhdx;
using LinuxKitHyperV.Formats.Vmdk;

namespace LinuxKitHyperV.Images;

/// <summary>The file of an image, opened.</summary>
internal sealed class ImageFile : IDisposable
{
    // How much of a file is read to find out what it is, and how far a compressed one is inflated.
    private const int InspectionLimit = 1 << 20;
    private const long InflationLimit = 64 << 20;

    private const int WithoutBuffer = 1;

    private readonly FileContent _file;

    private ImageFile(FileContent file, LinuxKitImageFormat format, ImageContent content)
    {
        _file = file;
        Format = format;
        Content = content;
    }

    /// <summary>What the file is.</summary>
    public LinuxKitImageFormat Format { get; }

    /// <summary>The disk or the DVD that is in it.</summary>
    public ImageContent Content { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long SizeBytes => _file.Length;

    /// <summary>Finds out what an image is. It reads no more than 1 MiB.</summary>
    /// <exception cref="LinuxKitException">ImageNotReadable, ImageNotRecognized, ImageDamaged, ImageTruncated, ImageFormatNotSupported.</exception>
    public static LinuxKitImage Inspect(string path) => Explain(path, () => Inspect(path, OpenFile(path)));

    /// <summary>Finds out what the image in a stream is, and disposes of the stream.</summary>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static LinuxKitImage Inspect(string path, Stream stream)
    {
        using var image = Open(new FileContent(stream, InspectionLimit), InflationLimit);
        var boot = image.Format == LinuxKitImageFormat.Iso ? BootInspector.Dvd(image.Content) : BootInspector.Disk(image.Content);
        if (boot.Mode == LinuxKitBootMode.None && image.Format == LinuxKitImageFormat.Raw && MasterBootRecord.Read(image.Content) is null)
        {
            throw new ImageFormatException(ImageFault.NotRecognized, "It is neither an ISO nor a disk with partitions.");
        }

        return new LinuxKitImage(path, image.Format, image.SizeBytes, image.Content.Length, boot);
    }

    /// <summary>Opens an image to read all of it.</summary>
    /// <exception cref="LinuxKitException">ImageNotReadable, ImageNotRecognized, ImageDamaged, ImageTruncated, ImageFormatNotSupported.</exception>
    public static ImageFile Open(string path) => Explain(path, () => Open(new FileContent(OpenFile(path)), long.MaxValue));

    /// <summary>Opens the image in a file, which it takes over.</summary>
    /// <exception cref="ImageFormatException">It cannot be read.</exception>
    public static ImageFile Open(FileContent file, long inflationLimit)
    {
        try
        {
            var format = FormatOf(file);
            return new ImageFile(file, format, format switch
            {
                LinuxKitImageFormat.Vhd => VhdContent.Open(file),
                LinuxKitImageFormat.Vhdx => VhdxContent.Open(file),
                LinuxKitImageFormat.Qcow2 => Qcow2Content.Open(file),
                LinuxKitImageFormat.Vmdk => VmdkContent.Open(file),
                LinuxKitImageFormat.Raw => RawDisk(file),
                LinuxKitImageFormat.GzipTar => RawInside(GzipTarContent.Open(file.BytesLeft < file.Length ? new CachedHead(file, InspectionLimit) : file, inflationLimit)),
                _ => file,
            });
        }
        catch (ImageFormatException)
        {
            file.Dispose();
            throw;
        }
    }

    private static T Explain<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ImageFormatException exception)
        {
            throw Explain(path, exception);
        }
    }

    /// <summary>Does something with an image, and turns its faults into errors for the user.</summary>
    /// <exception cref="LinuxKitException">ImageNotReadable, ImageNotRecognized, ImageDamaged, ImageTruncated, ImageFormatNotSupported.</exception>
    public static void Explain(string path, Action action) => Explain(path, () =>
    {
        action();
        return path;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, WithoutBuffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageFormatException(ImageFault.NotReadable, exception.Message);
        }
    }

    private static LinuxKitImageFormat FormatOf(ImageContent file) => file switch
    {
        _ when VhdxContent.Recognizes(file) => LinuxKitImageFormat.Vhdx,
        _ when Qcow2Content.Recognizes(file) => LinuxKitImageFormat.Qcow2,
        _ when VmdkContent.Recognizes(file) => LinuxKitImageFormat.Vmdk,
        _ when GzipTarContent.Recognizes(file) => LinuxKitImageFormat.GzipTar,
        _ when Iso9660FileSystem.Recognizes(file) => LinuxKitImageFormat.Iso,
        _ when VhdContent.Recognizes(file) => LinuxKitImageFormat.Vhd,
        _ => LinuxKitImageFormat.Raw,
    };

    // Any bytes may be a disk's; but what is known to be something else is not meant to be one.
    private static FileContent RawDisk(FileContent file) =>
        ForeignFormat.Of(file) is { } format ? throw format.Refusal
        : LinuxKernel.Recognizes(file) ? throw LinuxKernel.Alone()
        : InitialRamdisk.Recognizes(file) ? throw InitialRamdisk.Alone()
        : file;

    // Such a file is read at any place, and what is compressed forwards only.
    private static GzipTarContent RawInside(GzipTarContent disk)
    {
        var format = VhdxContent.Recognizes(disk) ? "VHDX" : Qcow2Content.Recognizes(disk) ? "qcow2" : VmdkContent.Recognizes(disk) ? "VMDK" : VhdContent.BeginsAsDynamic(disk) ? "VHD" : null;
        if (format is null)
        {
            return disk;
        }

        disk.Dispose();
        throw ImageFormatException.NotSupported($"The disk in the tar is a {format} file. Unpack it with tar -xf, and give the file.");
    }

    private static LinuxKitException Explain(string path, ImageFormatException exception) => exception.Fault switch
    {
        ImageFault.Truncated => new LinuxKitException(
            "ImageTruncated",
            FailureKind.InvalidData,
            $"The image '{path}' is not complete. {exception.Message}",
            path,
            "Copy or build it again.",
            exception),
        ImageFault.NotReadable => new LinuxKitException(
            "ImageNotReadable",
            FailureKind.ReadError,
            $"The image '{path}' cannot be read. {exception.Message}",
            path,
            "Check that the file may be read by you, and that no other program keeps it to itself.",
            exception),
        ImageFault.NotRecognized => new LinuxKitException(
            "ImageNotRecognized",
            FailureKind.InvalidData,
            $"'{path}' is no image. {exception.Message}",
            path,
            "Build one with linuxkit build -format iso-efi, or another format that boots: instead of kernel+initrd, iso-efi-initrd.",
            exception),
        ImageFault.NotSupported => new LinuxKitException(
            "ImageFormatNotSupported",
            FailureKind.NotImplemented,
            $"The image '{path}' cannot be read. {exception.Message}",
            path,
            "Convert it, or build the image in another format.",
            exception),
        _ => new LinuxKitException(
            "ImageDamaged",
            FailureKind.InvalidData,
            $"The image '{path}' is damaged. {exception.Message}",
            path,
            "Copy or build it again.",
            exception),
    };
}
