using System;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace LinuxKitHyperV.Tests.Images;

/// <summary>Builds the certificate tables of programs.</summary>
internal static class CertificateTable
{
    /// <summary>A table with one signature; what it signs is nothing in particular.</summary>
    public static byte[] SignedBy(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}, O=Somebody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var message = new SignedCms(new ContentInfo("digest"u8.ToArray()));
        message.ComputeSignature(new CmsSigner(certificate));
        var signed = message.Encode();
        var table = new byte[(8 + signed.Length + 7) / 8 * 8];
        BitConverter.TryWriteBytes(table, 8 + signed.Length);
        BitConverter.TryWriteBytes(table.AsSpan(4), 0x0200);
        BitConverter.TryWriteBytes(table.AsSpan(6), (ushort)2);
        signed.CopyTo(table, 8);
        return table;
    }
}
