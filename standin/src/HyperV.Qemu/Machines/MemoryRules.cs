using HyperV.Qemu.State;

namespace HyperV.Qemu.Machines;

/// <summary>What Hyper-V demands of a machine's memory.</summary>
internal static class MemoryRules
{
    private const long Least = 32L << 20;
    private const long Most = 12L << 40;
    private const long Granularity = 2L << 20;

    /// <summary>Refuses what Hyper-V refuses.</summary>
    public static void Check(MemoryDefinition memory)
    {
        Check("startup", memory.Startup);
        if (memory.DynamicMemoryEnabled)
        {
            Check("minimum", memory.Minimum);
            Check("maximum", memory.Maximum);
            if (memory.Minimum > memory.Startup || memory.Startup > memory.Maximum)
            {
                throw Errors.InvalidDeviceValue("Memory", "The startup memory must lie between the minimum and the maximum memory.");
            }
        }
    }

    /// <summary>Whether a machine can be on while its memory changes so: dynamic memory's bounds widen, and what only the balance uses changes.</summary>
    public static bool CanChangeLive(MemoryDefinition before, MemoryDefinition now)
        => before.DynamicMemoryEnabled && now.DynamicMemoryEnabled && now.Startup == before.Startup
            && now.Minimum <= before.Minimum && now.Maximum >= before.Maximum;

    private static void Check(string what, long bytes)
    {
        if (bytes is < Least or > Most)
        {
            throw Errors.InvalidDeviceValue("Memory", $"Invalid {what} memory amount: {bytes >> 20} MB is out of range, from {Least >> 20} MB to {Most >> 20} MB.");
        }

        if (bytes % Granularity != 0)
        {
            throw Errors.InvalidDeviceValue("Memory", $"Invalid {what} memory amount: {bytes} bytes is not a multiple of {Granularity >> 20} MB.");
        }
    }
}
