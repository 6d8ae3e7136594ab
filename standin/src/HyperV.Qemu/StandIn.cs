using System;
using HyperV.Qemu.Controls;

namespace HyperV.Qemu;

/// <summary>The controls of the stand-in, for a test in the same process. The stand-in's README describes them.</summary>
public static class StandIn
{
    /// <summary>Makes calls fail, as HYPERV_QEMU_FAIL does, and starts counting anew; null fails none.</summary>
    public static void Fail(string? plan)
    {
        Environment.SetEnvironmentVariable(FaultPlan.Variable, plan);
        FaultPlan.Reset();
    }
}
