using System;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>What Hyper-V demands of a machine's processors.</summary>
internal static class ProcessorRules
{
    private const int Percent = 100;
    private const int MostWeight = 10000;

    /// <summary>A number of processors that the host can give.</summary>
    public static long CheckedCount(long count) => count >= 1 && count <= Environment.ProcessorCount
        ? count
        : throw Errors.InvalidDeviceValue("Processor", $"The number of virtual processors must lie between 1 and {Environment.ProcessorCount}.");

    /// <summary>Refuses what Hyper-V refuses.</summary>
    public static void Check(ProcessorDefinition processor)
    {
        if (processor.Maximum is < 0 or > Percent || processor.Reserve is < 0 or > Percent || processor.Reserve > processor.Maximum)
        {
            throw Errors.InvalidDeviceValue("Processor", "The reserve and the limit are percentages, and the reserve is not above the limit.");
        }

        // 0 is as many as the host has, which has one here.
        if (processor.HwThreadCountPerCore is < 0 or > 1)
        {
            throw Errors.InvalidDeviceValue("Processor", "Cannot assign the specified number of threads per core.");
        }

        // As a host whose processor cannot let guests run machines themselves.
        if (processor.ExposeVirtualizationExtensions)
        {
            throw new VirtualizationException(ErrorIdentifier.NotSupported, "Failed to modify device 'Processor'.\n\nCannot modify property.");
        }

        if (processor.RelativeWeight is < 1 or > MostWeight)
        {
            throw Errors.InvalidDeviceValue("Processor", $"The relative weight must lie between 1 and {MostWeight}.");
        }
    }
}
