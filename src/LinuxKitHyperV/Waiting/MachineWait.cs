using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Waiting;

/// <summary>Waits for several VMs at once.</summary>
internal sealed class MachineWait
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private readonly MachineFinder _finder;
    private readonly MachineGoal _goal;
    private readonly IWaitReport _report;

    /// <summary>A wait that tells what happens.</summary>
    public MachineWait(IHyperV hyperV, MachineGoal goal, IWaitReport report)
    {
        _finder = new MachineFinder(hyperV);
        _goal = goal;
        _report = report;
    }

    /// <summary>Waits until each VM has got there, cannot get there, or the time has passed.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Run(IEnumerable<LinuxKitMachine> machines, TimeSpan timeout, CancellationToken stopping)
    {
        var waiting = machines.ToList();
        var deadline = new Deadline(timeout);
        while (true)
        {
            // Asked before the look, so that the last look is not older than the time.
            var isOver = deadline.HasPassed;
            waiting.RemoveAll(IsDone);
            if (waiting.Count == 0)
            {
                return;
            }

            if (isOver)
            {
                waiting.ForEach(machine => _report.Failed(TimedOut(machine, timeout)));
                return;
            }

            _report.Waiting(_goal, waiting, deadline.Limit(timeout));
            if (stopping.WaitHandle.WaitOne(deadline.Limit(LookInterval)))
            {
                throw new PipelineStoppedException();
            }
        }
    }

    private bool IsDone(LinuxKitMachine machine)
    {
        try
        {
            var now = _finder.Again(machine.Object);
            if (!_goal.IsReached(now))
            {
                return false;
            }

            _report.Ready(now);
        }
        catch (LinuxKitException exception)
        {
            _report.Failed(exception);
        }

        return true;
    }

    private LinuxKitException TimedOut(LinuxKitMachine machine, TimeSpan timeout) => new(
        "VMWaitTimeout",
        FailureKind.OperationTimeout,
        $"The VM '{machine.Name}' did not reach {_goal.Description} in {timeout.TotalSeconds:0} s.",
        machine.Name,
        $"Give it more time with -TimeoutSec, and read with Receive-LinuxKitConsole -Name '{machine.Name}' how far its guest has got.{_goal.Hint}");
}

/// <summary>Is told what a <see cref="MachineWait"/> sees.</summary>
internal interface IWaitReport
{
    /// <summary>VMs are still waited for.</summary>
    void Waiting(MachineGoal goal, IReadOnlyList<LinuxKitMachine> machines, TimeSpan left);

    /// <summary>A VM has got there.</summary>
    void Ready(LinuxKitMachine machine);

    /// <summary>A VM will not get there, or not in time.</summary>
    void Failed(LinuxKitException failure);
}
