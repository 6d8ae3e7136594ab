using System;

namespace LinuxKitHyperV.Machines;

/// <summary>The memory of a VM.</summary>
/// <param name="StartupBytes">What it starts with, and has for good where there are no bounds.</param>
/// <param name="Bounds">What the host may shrink and grow it to; null for fixed memory.</param>
internal sealed record MachineMemory(long StartupBytes, (long Minimum, long Maximum)? Bounds)
{
    // Hyper-V's own.
    private const long DefaultMinimumBytes = 512L << 20;

    /// <summary>Fixed memory, or with a maximum, memory that the host gives and takes.</summary>
    /// <param name="startupBytes">What the VM starts with.</param>
    /// <param name="minimumBytes">The least; 0 for Hyper-V's own minimum.</param>
    /// <param name="maximumBytes">The most; 0 for fixed memory.</param>
    /// <exception cref="LinuxKitException">MemoryBoundsInvalid.</exception>
    public static MachineMemory Settle(long startupBytes, long minimumBytes, long maximumBytes)
    {
        if (maximumBytes == 0)
        {
            return new MachineMemory(startupBytes, null);
        }

        var minimum = minimumBytes == 0 ? Math.Min(DefaultMinimumBytes, startupBytes) : minimumBytes;
        return minimum <= startupBytes && startupBytes <= maximumBytes
            ? new MachineMemory(startupBytes, (minimum, maximumBytes))
            : throw new LinuxKitException(
                "MemoryBoundsInvalid",
                FailureKind.InvalidArgument,
                $"A VM cannot start with {SizeText.Of(startupBytes)} of memory between {SizeText.Of(minimum)} and {SizeText.Of(maximumBytes)}.",
                startupBytes,
                "Give -MemoryStartupBytes a value between -MemoryMinimumBytes and -MemoryMaximumBytes.");
    }
}
