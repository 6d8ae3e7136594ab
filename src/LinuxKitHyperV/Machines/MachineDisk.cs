namespace LinuxKitHyperV.Machines;

/// <summary>A data disk of a VM.</summary>
/// <param name="Path">Its file, absolute.</param>
/// <param name="NewSizeBytes">Its size in bytes if it is to be made; null for an existing file, which is used as it is.</param>
internal sealed record MachineDisk(string Path, long? NewSizeBytes)
{
    /// <summary>The image that it is to be made of; null where it is not.</summary>
    public string? ConvertedFrom { get; init; }

    /// <summary>Whether it is made for the VM.</summary>
    public bool IsMade => NewSizeBytes is not null || ConvertedFrom is not null;
}
