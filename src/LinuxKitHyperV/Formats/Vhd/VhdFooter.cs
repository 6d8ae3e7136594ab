using System.Text;

namespace LinuxKitHyperV.Formats.Vhd;

/// <summary>The footer of a VHD, and its dynamic header: Microsoft's Virtual Hard Disk Image Format Specification. All numbers are big-endian.</summary>
internal static class VhdFooter
{
    public const int Size = 512;
    public const int DynamicHeaderSize = 1024;
    public const int SectorSize = 512;

    public const int CookieSize = 8;
    public const int DataOffset = 16;
    public const int CurrentSize = 48;
    public const int DiskType = 60;
    public const int Checksum = 64;
    public const int UniqueId = 68;

    public const int TableOffset = 16;
    public const int MaxTableEntries = 28;
    public const int BlockSize = 32;
    public const int DynamicChecksum = 36;

    public const uint FixedType = 2;
    public const uint DynamicType = 3;
    public const uint DifferencingType = 4;

    public const string Cookie = "conectix";
    public const string DynamicCookie = "cxsparse";

    /// <summary>The largest disk of the format: 2040 GiB.</summary>
    public const long MaximumDiskSize = 2040L << 30;

    /// <summary>Whether these bytes are a whole footer.</summary>
    public static bool IsFooter(byte[] bytes) => HasCookie(bytes, Cookie) && BigEndian.UInt32(bytes, Checksum) == Sum(bytes, Checksum);

    /// <summary>Whether a structure begins with a cookie.</summary>
    public static bool HasCookie(byte[] bytes, string cookie) => Encoding.ASCII.GetString(bytes, 0, CookieSize) == cookie;

    /// <summary>The one's complement of the sum of all bytes but the checksum's own.</summary>
    public static uint Sum(byte[] bytes, int checksumIndex)
    {
        var sum = 0u;
        for (var index = 0; index < bytes.Length; index++)
        {
            sum += index >= checksumIndex && index < checksumIndex + sizeof(uint) ? 0u : bytes[index];
        }

        return ~sum;
    }
}
