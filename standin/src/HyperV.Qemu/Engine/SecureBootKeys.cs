using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;

namespace HyperV.Qemu.Engine;

/// <summary>The keys by which the UEFI firmware knows boot loaders, in the file of its variables.</summary>
/// <remarks>EFI_SIGNATURE_LIST of the UEFI specification, chapter 32.</remarks>
internal static class SecureBootKeys
{
    private const int HeaderSize = 28;
    private const int OwnerSize = 16;

    // EFI_CERT_X509_GUID.
    private static readonly byte[] Certificate = new Guid("a5c059a1-94e4-4aa7-87b5-ab155c2bf072").ToByteArray();

    private static readonly byte[][] Authorities = [.. new[] { "Microsoft Corporation UEFI CA 2011", "Microsoft UEFI CA 2023" }.Select(name => Encoding.ASCII.GetBytes(name))];

    /// <summary>Makes the certificates unusable by which Microsoft signs for others than itself: what is left is what starts Windows.</summary>
    public static void RemoveUefiCertificateAuthority(Span<byte> variables)
    {
        for (var rest = variables; rest.IndexOf(Certificate) is >= 0 and var start;)
        {
            rest = rest[start..];
            var size = rest.Length < HeaderSize ? 0 : BinaryPrimitives.ReadInt32LittleEndian(rest[16..]);
            if (size > HeaderSize + OwnerSize && size <= rest.Length && IsOfAuthority(rest[..size]))
            {
                rest[(HeaderSize + OwnerSize)..size].Clear();
            }

            rest = rest[Certificate.Length..];
        }
    }

    private static bool IsOfAuthority(ReadOnlySpan<byte> list)
    {
        foreach (var name in Authorities)
        {
            if (list.IndexOf(name) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
