using System;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;
using LinuxKitHyperV.Terminal;

namespace LinuxKitHyperV.Making;

/// <summary>Starts VMs, and attaches their consoles where that is asked for.</summary>
internal sealed class MachineStarter(IHyperV hyperV, IUser user, CancellationToken stopping, RequestSettler settler, StartRequest request)
{
    // Hyper-V ejects in the background, and a guest may hold on to its metadata.
    private static readonly TimeSpan EjectTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The plan of a new VM with its start.</summary>
    public MachinePlan Complete(MachinePlan plan)
    {
        var started = plan.WithStart(settler.Capture(request));
        return request.Console is { IsRemoval: true } console ? started.WithRemoval(console.WithData) : started;
    }

    /// <summary>Starts a VM that exists.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="given">The metadata that was asked for.</param>
    public void Start(LinuxKitMachine machine, MetadataRequest given)
    {
        var wanted = settler.Metadata(given, machine.Host, machine.Name);
        var metadata = wanted is not null && user.Allows(machine, "Replace the metadata") ? wanted : null;

        // Asked before: the VM's object follows what happens to the VM.
        var old = metadata is null ? null : OwnDvd.Metadata(machine, user.Warn);
        var isRunning = machine.Object.IsRunning() && !Current.Is(MachineCondition.AtRest, machine);
        var removal = request.Console is { IsRemoval: true } console ? RemovalOf(machine, console, user.IsWhatIf ? wanted : metadata) : null;
        var isToStart = !isRunning && user.Allows(machine, removal is null ? StartOf(machine) : $"{StartOf(machine)}. {removal}");
        var started = new StepOutput<PSObject>("VM");
        var context = NewContext();

        // One plan: a VM that does not start has the metadata that it had.
        PlanRunner.Run(
            [
                .. metadata is null ? [] : MetadataPlan.Replace(machine, metadata, EjectTimeout),
                .. isToStart ? StartPlan.Existing(machine, started, settler.Capture(request)) : [],
            ],
            context);

        // The VM runs, whatever becomes of that file: what was asked for goes on, and the error is told after it.
        var left = old is null ? null : Delete(old, machine, context);
        try
        {
            FollowStarted(machine, isToStart ? LinuxKitMachine.From(started.In(context)) : null, isRunning, removal);
        }
        finally
        {
            if (left is not null)
            {
                user.StepFailed(left);
            }
        }
    }

    /// <summary>Deletes metadata that is used no more.</summary>
    /// <returns>Why it is left; null where it is deleted, or where the pipeline was stopped, which what follows finds itself.</returns>
    private static LinuxKitException? Delete(string metadata, LinuxKitMachine machine, PlanContext context)
    {
        try
        {
            MachineRemoval.DeleteMetadata(metadata, machine.Host.IsLocal).Run(context);
            return null;
        }
        catch (LinuxKitException exception)
        {
            return exception;
        }
        catch (PipelineStoppedException)
        {
            return null;
        }
    }

    private void FollowStarted(LinuxKitMachine machine, LinuxKitMachine? started, bool isRunning, string? removal)
    {
        if (started is not null)
        {
            Follow(started);
        }
        else if (isRunning)
        {
            var notLogged = request.Log is null ? string.Empty : " Its console is not logged: it is from a start on.";
            user.Warn($"The VM '{machine.Name}' is running already.{notLogged}");
            if (removal is null || user.Allows(machine, removal))
            {
                Follow(machine);
            }
        }
    }

    /// <summary>Attaches the console of a running VM if the user asked for it; then removes the VM, or emits it.</summary>
    public void Follow(LinuxKitMachine machine)
    {
        // A VM that runs already and stays is not asked about.
        if (request.Console is { } console && !user.IsWhatIf)
        {
            Attach(machine, console);
        }

        if (request.Console is not { IsRemoval: true })
        {
            user.Give(machine);
        }
    }

    private CurrentState Current => new(hyperV, new PatientWait(user, stopping));

    private PlanContext NewContext() => new(hyperV, user, stopping);

    private void Attach(LinuxKitMachine machine, ConsoleRequest console)
    {
        // What shows the progress would stay over the console, and be drawn anew where the window changes.
        user.LeaveScreen();
        try
        {
            new GuestConsole(machine, hyperV, Current, stopping).Attach(new ConsoleSessionOptions { EscapeKey = console.EscapeKey }, console.TimeoutSec, user.Give, user.Warn);
        }
        finally
        {
            if (console.IsRemoval)
            {
                MachineRemoval.OnExit(machine, console.WithData, NewContext());
            }
        }
    }

    private string StartOf(LinuxKitMachine machine)
    {
        var start = machine.Object.IsPaused() ? "Resume"
            : machine.Object.IsSaved() ? "Restore from the saved state"
            : "Start";
        var capture = settler.Capture(request) switch
        {
            null => string.Empty,
            { Log: null } => ", with its console captured",
            { Log: { } log } => $", with its console captured and logged to '{ConsoleLogFile.Of(log, machine.Name)!.Path}'",
        };
        return start + capture;
    }

    private string RemovalOf(LinuxKitMachine machine, ConsoleRequest console, MachineMetadata? newMetadata)
    {
        // The removal itself warns of what stays; under -WhatIf there is none.
        var files = OwnFiles.Of(machine, console.WithData, new DiskUsers(hyperV), message =>
        {
            if (user.IsWhatIf)
            {
                user.Warn(message);
            }
        });
        return MachineRemoval.Announce((newMetadata is null ? files : files with { Metadata = newMetadata.IsMade ? newMetadata.Path : null }).All);
    }
}
