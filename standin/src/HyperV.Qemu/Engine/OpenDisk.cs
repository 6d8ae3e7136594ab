namespace HyperV.Qemu.Engine;

/// <summary>A virtual hard disk that a running machine has open.</summary>
/// <param name="Device">The drive it is in.</param>
/// <param name="Medium">QEMU's name for it.</param>
/// <param name="Format">QEMU's name for its format.</param>
/// <param name="Path">Its file.</param>
/// <param name="SizeBytes">The size that the guest sees.</param>
internal sealed record OpenDisk(string Device, string Medium, string Format, string Path, long SizeBytes)
{
    /// <summary>What is in the drive while the disk is closed.</summary>
    public string Placeholder => $"empty-{Device}";
}
