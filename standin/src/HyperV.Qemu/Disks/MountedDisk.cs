namespace HyperV.Qemu.Disks;

/// <summary>A disk that is mounted on a host.</summary>
/// <param name="Number">Its number among the host's disks.</param>
/// <param name="Path">Its file.</param>
/// <param name="Socket">Where the network block device protocol serves what is on it.</param>
internal sealed record MountedDisk(uint Number, string Path, string Socket);
