using System;
using Microsoft.Vhd.PowerShell;

namespace HyperV.Qemu.Disks;

/// <summary>What a virtual disk's own headers say.</summary>
/// <param name="Format">VHD or VHDX.</param>
/// <param name="Type">Fixed, dynamic or differencing.</param>
/// <param name="Size">What the guest sees, in bytes.</param>
/// <param name="BlockSize">What is allocated at once; 0 for a fixed VHD.</param>
/// <param name="LogicalSectorSize">The sector that the guest addresses.</param>
/// <param name="PhysicalSectorSize">The sector that is said to be written at once.</param>
/// <param name="Identifier">The disk's id.</param>
/// <param name="ParentPath">The disk that a differencing one is based on.</param>
internal sealed record VirtualDiskInfo(
    VhdFormat Format,
    VhdType Type,
    long Size,
    uint BlockSize,
    uint LogicalSectorSize,
    uint PhysicalSectorSize,
    Guid Identifier,
    string? ParentPath);
