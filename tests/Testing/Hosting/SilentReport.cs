using System;
using System.Threading;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Is told what plans do, and keeps it to itself.</summary>
internal class SilentReport : IPlanReport
{
    public bool IsStopping => false;

    /// <summary>What VMs are now, as Hyper-V tells it.</summary>
    public static CurrentState CurrentState(IHyperV hyperV) => new(hyperV, new PatientWait(new SilentReport(), CancellationToken.None));

    public virtual void Warn(string message)
    {
    }

    public virtual void Waiting(string what)
    {
    }

    public virtual void WaitEnded()
    {
    }

    public virtual void StepDone(PlanStep step, TimeSpan elapsed)
    {
    }

    public virtual void StepFailed(LinuxKitException failure)
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
