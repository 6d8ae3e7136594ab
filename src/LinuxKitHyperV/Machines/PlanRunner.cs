using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Runs plans. A plan that fails or is stopped leaves nothing behind.</summary>
internal sealed class PlanRunner
{
    private readonly IHyperV _hyperV;
    private readonly IPlanReport _report;

    /// <summary>A runner that tells what it does.</summary>
    public PlanRunner(IHyperV hyperV, IPlanReport report)
    {
        _hyperV = hyperV;
        _report = report;
    }

    /// <summary>Runs the steps in their order.</summary>
    /// <exception cref="LinuxKitException">A step failed, and what had been done is undone.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped, and what had been done is undone.</exception>
    public CallOutputs Run(IReadOnlyList<PlanStep> steps, CancellationToken cancellation)
    {
        var outputs = new CallOutputs();
        var undos = new Stack<Undo>();
        var finished = false;
        try
        {
            foreach (var step in steps)
            {
                if (cancellation.IsCancellationRequested)
                {
                    throw new PipelineStoppedException();
                }

                // Before the step: a call that is stopped may do its work all the same.
                if (step.Undo is not null)
                {
                    undos.Push(step.Undo);
                }

                var watch = Stopwatch.StartNew();
                step.Run(_hyperV, outputs);
                _report.StepDone(step, watch.Elapsed);
            }

            finished = true;
            return outputs;
        }
        finally
        {
            // In a finally and not in a catch: this is where code still runs, and nested pipelines with it, while the
            // pipeline is being stopped.
            if (!finished)
            {
                TakeBack(undos, outputs);
            }
        }
    }

    private void TakeBack(Stack<Undo> undos, CallOutputs outputs)
    {
        foreach (var undo in undos)
        {
            try
            {
                undo.Run(_hyperV, outputs);
            }
            catch (Exception exception)
            {
                // Whatever it is, the other steps have to be taken back too, and the first error is the one to report.
                _report.UndoFailed(undo, exception);
            }
        }
    }
}

/// <summary>Is told what a <see cref="PlanRunner"/> does.</summary>
internal interface IPlanReport
{
    /// <summary>A step has been done.</summary>
    void StepDone(PlanStep step, TimeSpan elapsed);

    /// <summary>A step could not be taken back. The pipeline may be stopping: its streams are closed then.</summary>
    void UndoFailed(Undo undo, Exception exception);
}
