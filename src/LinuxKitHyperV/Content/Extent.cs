namespace LinuxKitHyperV.Content;

/// <summary>A stretch of content that is data all through, or a hole that reads as zeros.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsData">Whether it is data; data may be zeros too.</param>
internal readonly record struct Extent(long Offset, long Length, bool IsData)
{
    /// <summary>Where what follows it begins.</summary>
    public long End => Offset + Length;
}
