using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace LinuxKitHyperV;

/// <summary>SHA-256 (FIPS 180-4) in lower-case hexadecimal digits, of which names and identities are made.</summary>
internal static class Digest
{
    /// <summary>The digest of a whole content.</summary>
    public static string Of(Stream content)
    {
        using var sha = SHA256.Create();
        return Text(sha.ComputeHash(content));
    }

    /// <summary>The first bytes of the digest of some bytes, in two digits each.</summary>
    /// <param name="bytes">The bytes to digest.</param>
    /// <param name="length">How many bytes of the digest.</param>
    public static string Of(byte[] bytes, int length)
    {
        using var sha = SHA256.Create();
        return Text(sha.ComputeHash(bytes)).Substring(0, length * 2);
    }

    /// <summary>A hash's digits.</summary>
    public static string Text(byte[] hash) => string.Concat(hash.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
