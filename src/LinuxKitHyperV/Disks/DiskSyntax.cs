using System;
using System.Globalization;
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
    private static readonly Regex Size = new(
        @"^(?<number>-?[0-9]{1,15})(?<unit>K|M|G|T|KB|MB|GB|TB)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads one disk.</summary>
    /// <exception cref="LinuxKitException">InvalidDisk, InvalidDiskSize.</exception>
    public static DiskSpec Parse(string text)
    {
        if (Size.IsMatch(text))
        {
            return new DiskSpec(null, ParseSize(text, text));
        }

        string? path = null;
        long? size = null;
        foreach (var part in text.Split(','))
        {
            var equals = part.IndexOf('=');
            var value = part.Substring(equals + 1);
            switch (equals < 0 ? "file" : part.Substring(0, equals).Trim().ToLowerInvariant())
            {
                case "file" when value.Trim().Length > 0 && path is null:
                    path = value.Trim();
                    break;
                case "size" when size is null:
                    size = ParseSize(value.Trim(), text);
                    break;
                case "format" when IsHyperVFormat(value.Trim()):
                    // Hyper-V knows a disk's format by its file name.
                    break;
                default:
                    throw Invalid(text, $"'{part}' is not understood.");
            }
        }

        return path is null && size is null ? throw Invalid(text, "It names neither a size nor a file.") : new DiskSpec(path, size);
    }

    /// <summary>Reads a size: 512M, 10GB, 10 (GB), or a number of bytes, as PowerShell's 10GB is.</summary>
    /// <exception cref="LinuxKitException">InvalidDisk, InvalidDiskSize.</exception>
    public static long ParseSize(string size) => ParseSize(size.Trim(), size);

    private static bool IsHyperVFormat(string format) =>
        format.Equals("vhdx", StringComparison.OrdinalIgnoreCase) || format.Equals("vhd", StringComparison.OrdinalIgnoreCase);

    private static long ParseSize(string size, string text)
    {
        var match = Size.Match(size);
        if (!match.Success)
        {
            throw Invalid(text, $"'{size}' is not a size.");
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
        return number >= 0 && number <= DiskSpec.MaximumSizeBytes >> shift && number << shift >= DiskSpec.MinimumSizeBytes
            ? number << shift
            : throw new LinuxKitException(
                "InvalidDiskSize",
                FailureKind.InvalidArgument,
                $"The disk '{text}' cannot be {size} large.",
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
