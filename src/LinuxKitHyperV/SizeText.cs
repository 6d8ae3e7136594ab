using System.Globalization;

namespace LinuxKitHyperV;

/// <summary>Writes sizes as users do.</summary>
internal static class SizeText
{
    /// <summary>"1 GB", "512 MB", "4.5 MB"; the units are powers of 1024, as in PowerShell's own 1GB.</summary>
    public static string Of(long bytes) => bytes % (1L << 30) == 0
        ? string.Format(CultureInfo.InvariantCulture, "{0} GB", bytes >> 30)
        : string.Format(CultureInfo.InvariantCulture, "{0:0.##} MB", bytes / (double)(1L << 20));
}
