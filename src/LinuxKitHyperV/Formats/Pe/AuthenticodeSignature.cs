using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.Formats.Pe;

/// <summary>Reads the certificate table of a program: Windows Authenticode Portable Executable Signature Format, and PKCS #7 (RFC 2315).</summary>
internal static class AuthenticodeSignature
{
    private const int HeaderSize = 8;
    private const int Alignment = 8;
    private const ushort SignedDataType = 2;

    private static readonly byte[] CommonName = [0x55, 0x04, 0x03];

    /// <summary>The names of those who signed.</summary>
    public static IReadOnlyList<string> Signers(byte[] table)
    {
        var signers = new List<string>();
        for (var index = 0; index + HeaderSize < table.Length;)
        {
            var length = LittleEndian.UInt32(table, index);
            if (length <= HeaderSize || length > table.Length - index)
            {
                break;
            }

            if (LittleEndian.UInt16(table, index + 6) == SignedDataType)
            {
                signers.AddRange(SignersOf(new DerValue(table, index + HeaderSize, (int)length - HeaderSize)));
            }

            index += ((int)length + Alignment - 1) / Alignment * Alignment;
        }

        return [.. signers.Distinct()];
    }

    private static IEnumerable<string> SignersOf(DerValue contentInfo)
    {
        // ContentInfo { type, [0] { SignedData { version, algorithms, content, [0] certificates, ..., signers } } }
        var signedData = contentInfo.Child(0).Child(1).Child(0).Children();
        var certificates = signedData.Where(value => value.Tag == DerValue.Context0).SelectMany(value => value.Children()).Select(certificate => certificate.Child(0)).ToList();
        var signers = signedData.Count > 0 ? signedData[signedData.Count - 1].Children() : [];
        return signers
            .Select(signer => signer.Child(1))
            .Select(issuerAndSerial => certificates.FirstOrDefault(certificate => IsOf(certificate, issuerAndSerial)))
            .Select(certificate => certificate is null ? null : Name(certificate))
            .OfType<string>();
    }

    private static bool IsOf(DerValue certificate, DerValue issuerAndSerial)
    {
        var fields = Fields(certificate);
        return fields.Count > 4 && fields[0].HasContentOf(issuerAndSerial.Child(1)) && fields[2].HasContentOf(issuerAndSerial.Child(0));
    }

    private static string? Name(DerValue certificate) => Fields(certificate)[4].Children()
        .SelectMany(set => set.Children())
        .LastOrDefault(attribute => attribute.Child(0).HasContent(CommonName))?.Child(1).Text;

    // serial, algorithm, issuer, validity, subject; before them the version, unless it is 1.
    private static List<DerValue> Fields(DerValue certificate) => [.. certificate.Children().SkipWhile(value => value.Tag == DerValue.Context0)];
}
