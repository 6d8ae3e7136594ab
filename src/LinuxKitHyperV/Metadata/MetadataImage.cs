using System;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Formats.Iso9660;

namespace LinuxKitHyperV.Metadata;

/// <summary>Makes metadata images.</summary>
internal static class MetadataImage
{
    /// <summary>Makes an image that only its owner and the system may read.</summary>
    /// <param name="path">The file, which must not be there.</param>
    /// <param name="volume">What is in it.</param>
    /// <param name="cancellation">Ends the writing; nothing is left then.</param>
    /// <exception cref="LinuxKitException">It cannot be made.</exception>
    /// <exception cref="OperationCanceledException">The writing was canceled.</exception>
    public static void Create(string path, MetadataFolder volume, CancellationToken cancellation)
    {
        var image = LayOut(volume, DateTime.UtcNow);
        try
        {
            PrivateFile.Create(path, file => image.Write(file, cancellation));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new LinuxKitException(
                "MetadataNotWritable",
                FailureKind.WriteError,
                $"The metadata image '{path}' could not be written. {exception.Message}",
                path,
                "Check that its folder exists, may be written by you and has space.",
                exception);
        }
    }

    /// <summary>Lays an image out.</summary>
    /// <param name="volume">What is in it.</param>
    /// <param name="time">The time of everything in it, in universal time.</param>
    /// <exception cref="LinuxKitException">MetadataFileTooLarge, MetadataNameInvalid.</exception>
    public static IsoImage LayOut(MetadataFolder volume, DateTime time) => new(MetadataVolume.Label, Folder(volume), time);

    private static IsoFolder Folder(MetadataFolder folder) => new(
        CheckName(folder.Name),
        folder.Mode,
        folder.Entries.Select<MetadataEntry, IsoEntry>(entry => entry is MetadataFile file ? File(file) : Folder((MetadataFolder)entry)).ToList());

    private static IsoFile File(MetadataFile file) => file.Content.Length <= IsoFormat.MaximumFileLength
        ? new(CheckName(file.Name), file.Mode, file.Content)
        : throw TooLarge(file.Name);

    private static string CheckName(string name) => Encoding.UTF8.GetByteCount(name) <= RockRidge.MaximumName
        ? name
        : throw MetadataName.Invalid(name, $"is a name of more than {RockRidge.MaximumName} bytes");

    private static LinuxKitException TooLarge(string name) => new(
        "MetadataFileTooLarge",
        FailureKind.InvalidArgument,
        $"'{name}' has 4 GB or more, and a file of a metadata image cannot have so much.",
        name,
        "Put large files on a data disk.");
}
