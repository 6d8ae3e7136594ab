using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace LinuxKitHyperV.Disks;

/// <summary>
/// Reads what a user types for a disk: LinuxKit's syntax (<c>size=1</c>, <c>file=data.vhdx,size=512M</c>,
/// <c>data.vhdx</c>) and plain sizes (<c>10GB</c>).
/// </summary>
/// <remarks>
/// The syntax is the one of the linuxkit tool (src/cmd/linuxkit/util.go): parts between commas, a part without an
/// equals sign is the file, a size without a suffix is in GB.
/// </remarks>
internal static class DiskSyntax
{
    // As disks have them that New-VHD makes.
    private const int SectorBytes = 512;

    private static readonly Regex Size = new(
        @"^(?<number>-?[0-9]{1,15})(?<unit>K|M|G|T|KB|MB|GB|TB)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // What a user may take for a size: no disk's file is called so.
    private static readonly Regex LikeSize = new(
        @"^-?[0-9]*\.?[0-9]+ *[KMGTP]?i?B?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads one disk.</summary>
    /// <exception cref="LinuxKitException">InvalidDisk, InvalidDiskSize.</exception>
    public static DiskSpec Parse(string text) =>
        LikeSize.IsMatch(text) ? new DiskSpec(null, ParseSize(text, text)) : FromParts(text.Split(',').Select(Part), text);

    /// <summary>Puts a disk together from its parts.</summary>
    /// <param name="parts">Its file, its size and its format, by their keys.</param>
    /// <param name="text">What the user wrote, for errors.</param>
    /// <exception cref="LinuxKitException">InvalidDisk, InvalidDiskSize.</exception>
    public static DiskSpec FromParts(IEnumerable<(string Key, string Value)> parts, string text)
    {
        string? path = null;
        long? size = null;
        foreach (var (key, value) in parts)
        {
            switch (key.ToLowerInvariant())
            {
                case "file" when value.Trim().Length > 0 && path is null:
                    path = value;
                    break;
                case "size" when size is null:
                    size = ParseSize(value.Trim(), text);
                    break;
                case "format" when IsHyperVFormat(value):
                    // Hyper-V knows a disk's format by its file name.
                    break;
                default:
                    throw Invalid(text, $"'{key}={value}' is not understood.");
            }
        }

        return path is null && size is null ? throw Invalid(text, "It names neither a size nor a file.") : new DiskSpec(path, size);
    }

    /// <summary>Reads a size: 512M, 10GB, 10 (GB), or a number of bytes, as PowerShell's 10GB is.</summary>
    /// <exception cref="LinuxKitException">InvalidDisk, InvalidDiskSize.</exception>
    public static long ParseSize(string size) => ParseSize(size.Trim(), size);

    /// <summary>Whether a part of the syntax can be a file's path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="hasKey">Whether <c>file=</c> stands before it.</param>
    public static bool CanBePart(string path, bool hasKey) =>
        path.IndexOf(',') < 0 && (hasKey || path.IndexOf('=') < 0) && path.Trim() == path;

    private static (string Key, string Value) Part(string part)
    {
        var equals = part.IndexOf('=');
        return (equals < 0 ? "file" : part.Substring(0, equals).Trim(), part.Substring(equals + 1).Trim());
    }

    private static bool IsHyperVFormat(string format) =>
        format.Equals("vhdx", StringComparison.OrdinalIgnoreCase) || format.Equals("vhd", StringComparison.OrdinalIgnoreCase);

    private static long ParseSize(string size, string text)
    {
        var match = Size.Match(size);
        if (!match.Success)
        {
            throw new LinuxKitException(
                "InvalidDisk",
                FailureKind.InvalidArgument,
                $"'{size}' is not a size of a disk.",
                text,
                "Write a whole number: 512M, 10GB, 1TB, or 10 for 10 GB; 1.5 GB is 1536MB.");
        }

        var number = long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var shift = match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "K" or "KB" => 10,
            "M" or "MB" => 20,
            "T" or "TB" => 40,

            // No disk has that many gigabytes: the number is the bytes that PowerShell made of 10GB.
            "" when number >= DiskSpec.MinimumSizeBytes => 0,
            _ => 30,
        };
        if (shift == 0 && number % SectorBytes != 0)
        {
            throw new LinuxKitException(
                "InvalidDiskSize",
                FailureKind.InvalidArgument,
                $"A disk of {number} bytes would end within a sector.",
                text,
                $"Give a multiple of {SectorBytes} bytes, or a size such as 512M, 10GB or 10 (GB).");
        }

        return number >= 0 && number <= DiskSpec.MaximumSizeBytes >> shift && number << shift >= DiskSpec.MinimumSizeBytes
            ? number << shift
            : throw new LinuxKitException(
                "InvalidDiskSize",
                FailureKind.InvalidArgument,
                $"A disk cannot be {size} large.",
                text,
                "Give a size from 3 MB to 64 TB, such as 512M, 10GB or 10 (GB).");
    }

    private static LinuxKitException Invalid(string text, string reason) => new(
        "InvalidDisk",
        FailureKind.InvalidArgument,
        $"The disk '{text}' cannot be read. {reason}",
        text,
        "Write size=1 (GB), size=512M, 10GB, data.vhdx, or in quotes 'file=data.vhdx,size=512M'.");
}
