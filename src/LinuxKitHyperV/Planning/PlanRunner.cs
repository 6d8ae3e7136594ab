using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using LinuxKitHyperV.Disks;

namespace LinuxKitHyperV.Planning;

/// <summary>Runs plans.</summary>
internal static class PlanRunner
{
    /// <summary>Runs steps in their order. A plan that fails or is stopped leaves nothing behind.</summary>
    /// <exception cref="LinuxKitException">A step failed, and what had been done is undone.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped, and what had been done is undone.</exception>
    public static void Run(IEnumerable<PlanStep> steps, PlanContext context)
    {
        var undos = new Stack<Undo>();
        var finished = false;
        try
        {
            foreach (var step in steps)
            {
                if (context.Stopping.IsCancellationRequested)
                {
                    throw new PipelineStoppedException();
                }

                // Before the step: a call that is stopped may do its work all the same.
                if (step.Undo is not null)
                {
                    undos.Push(step.Undo);
                }

                context.Report.StepDone(step, Run(step, context));
            }

            finished = true;
        }
        finally
        {
            // In a finally and not in a catch: this is where code still runs, and nested pipelines with it, while the
            // pipeline is being stopped.
            if (!finished)
            {
                TakeBack(undos, context.Undoing);
            }
        }
    }

    /// <summary>Runs steps that have no undo, such as a removal's: no stop comes between two of them, and they are reported at the end, and so are the failures after which it goes on.</summary>
    /// <exception cref="LinuxKitException">A step failed that may not; those before it are done.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped; what could be done at once is done.</exception>
    public static void RunThrough(IEnumerable<PlanStep> steps, PlanContext context)
    {
        var done = new List<(PlanStep Step, TimeSpan Elapsed)>();
        var failures = new List<LinuxKitException>();
        var isStopped = false;
        try
        {
            foreach (var step in steps)
            {
                try
                {
                    done.Add((step, Run(step, context)));
                }
                catch (LinuxKitException exception) when (step.MayFail)
                {
                    failures.Add(exception);
                }
                catch (PipelineStoppedException) when (step.MayFail)
                {
                    isStopped = true;
                }
            }
        }
        finally
        {
            if (!context.Report.IsStopping)
            {
                done.ForEach(one => context.Report.StepDone(one.Step, one.Elapsed));
            }

            failures.ForEach(context.Report.StepFailed);
        }

        if (isStopped)
        {
            throw new PipelineStoppedException();
        }
    }

    private static TimeSpan Run(PlanStep step, PlanContext context)
    {
        var watch = Stopwatch.StartNew();
        step.Run(context);
        return watch.Elapsed;
    }

    private static void TakeBack(Stack<Undo> undos, PlanContext context)
    {
        foreach (var undo in undos)
        {
            try
            {
                undo.Run(context);
            }
            catch (Exception exception)
            {
                // Whatever it is, the other steps have to be taken back too, and the first error is the one to report.
                context.Report.UndoFailed(undo, exception);
            }
        }
    }
}

/// <summary>Is told what plans do.</summary>
internal interface IPlanReport
{
    /// <summary>Whether the pipeline is being stopped: its streams are closed then.</summary>
    bool IsStopping { get; }

    /// <summary>What the user should know, also while the pipeline is being stopped.</summary>
    void Warn(string message);

    /// <summary>Something is waited for, longer than a moment.</summary>
    /// <param name="what">What, in words that follow "Wait for".</param>
    void Waiting(string what);

    /// <summary>That wait has ended, well or not.</summary>
    void WaitEnded();

    /// <summary>A step has been done.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline is being stopped.</exception>
    void StepDone(PlanStep step, TimeSpan elapsed);

    /// <summary>A step failed, and the others were done all the same, perhaps while the pipeline is being stopped.</summary>
    void StepFailed(LinuxKitException failure);

    /// <summary>A step could not be taken back, perhaps while the pipeline is being stopped.</summary>
    void UndoFailed(Undo undo, Exception exception);

    /// <summary>A step that converts or copies a file has come so far.</summary>
    void Converting(string activity, ConversionProgress progress);

    /// <summary>The conversion has ended, well or not.</summary>
    void ConversionEnded();
}
