using System;
using System.Security.Cryptography;

namespace LinuxKitHyperV;

/// <summary>The <see cref="Digest"/> of what comes piece by piece.</summary>
internal sealed class RunningDigest : IDisposable
{
    private readonly SHA256 _sha = SHA256.Create();

    /// <summary>Takes the next piece.</summary>
    public void Add(byte[] bytes, int count) => _sha.TransformBlock(bytes, 0, count, null, 0);

    /// <summary>The digest of all pieces.</summary>
    public string Finish()
    {
        _sha.TransformFinalBlock([], 0, 0);
        return Digest.Text(_sha.Hash);
    }

    /// <inheritdoc/>
    public void Dispose() => _sha.Dispose();
}
