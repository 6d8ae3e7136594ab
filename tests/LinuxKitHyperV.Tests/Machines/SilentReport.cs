using System;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Tests.Machines;

/// <summary>Is told what plans do, and keeps it to itself.</summary>
internal class SilentReport : IPlanReport
{
    public bool IsStopping => false;

    public virtual void Warn(string message)
    {
    }

    public virtual void StepDone(PlanStep step, TimeSpan elapsed)
    {
    }

    public virtual void UndoFailed(Undo undo, Exception exception)
    {
    }

    public void Converting(string activity, ConversionProgress progress)
    {
    }

    public void ConversionEnded()
    {
    }
}
