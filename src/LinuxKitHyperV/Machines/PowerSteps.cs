using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Machines;

/// <summary>A step that has a VM's guest shut itself down, and ends the capture of its console with it.</summary>
/// <param name="Machine">The VM.</param>
/// <param name="Timeout">How long the guest may take.</param>
internal sealed record ShutDownStep(LinuxKitMachine Machine, TimeSpan Timeout) : PlanStep($"Ask the guest of the VM '{Machine.Name}' to shut down")
{
    /// <summary>Why it did not; never given where it did.</summary>
    public StepOutput<LinuxKitException> Failure { get; } = new("failure");

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        var current = new CurrentState(context.HyperV, context.Wait);
        if ((ServiceFault(context.HyperV, current) ?? ShutdownFault(context.HyperV)) is { } fault && !IsAtRestAfterAll(current))
        {
            context.Set(Failure, fault);
        }
        else
        {
            MachineConsole.End(Machine, ConsoleEndReason.VMStopped);
        }
    }

    private LinuxKitException? ServiceFault(IHyperV hyperV, CurrentState current)
    {
        LinuxKitException? unknown = null;
        var answers = current.Until($"an answer of the shutdown service of '{Machine.Name}'", () =>
        {
            var services = hyperV.Invoke(new HyperVCall(HyperVCommand.GetVMIntegrationService) { { "VM", Machine.Object } });
            unknown = services.FirstError is { } error ? Failed(error) : null;
            return unknown is not null || services.Output.Any(service => service.IsService(IntegrationServiceId.Shutdown) && service.Answers());
        });
        return answers ? unknown : new LinuxKitException(
            "VMShutdownServiceMissing",
            FailureKind.ResourceUnavailable,
            $"The guest of the VM '{Machine.Name}' has no shutdown service that answers.",
            Machine.Name,
            "Wait until it has booted; or use -Force or -TurnOff, which lose what it had not written to a disk.");
    }

    private LinuxKitException? ShutdownFault(IHyperV hyperV) => hyperV.InvokeWithin(HyperVCall.ShutDown(Machine.Object), Timeout) switch
    {
        { FirstError: null } => null,
        { FirstError: { } error } => Failed(error),
        _ => new LinuxKitException(
            "VMShutdownTimeout",
            FailureKind.OperationTimeout,
            $"The guest of the VM '{Machine.Name}' did not shut down in {Timeout.TotalSeconds:0} s.",
            Machine.Name,
            "Give it more time with -TimeoutSec, or use -Force to have it turned off then."),
    };

    /// <summary>Whether it is off though something failed: a guest may go its own way, and others may turn it off.</summary>
    private bool IsAtRestAfterAll(CurrentState current)
    {
        try
        {
            return current.Is(MachineCondition.AtRest, Machine);
        }
        catch (LinuxKitException)
        {
            // What failed before is what is told.
            return false;
        }
    }

    private LinuxKitException Failed(ErrorRecord error) => HyperVErrors.Translate(error, new CallFailure(
        "VMShutdownFailed",
        $"The VM '{Machine.Name}' could not be shut down.",
        Machine.Name,
        "Use -Force or -TurnOff to have it turned off.")
    {
        Remedies = TurnOffStep.Gone,
    });
}

/// <summary>A step that pulls a VM's plug, and ends the capture of its console with it.</summary>
/// <param name="Machine">The VM.</param>
internal sealed record TurnOffStep(LinuxKitMachine Machine) : PlanStep($"Turn off the VM '{Machine.Name}'")
{
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>What to do about a VM that is gone.</summary>
    public const string GoneRemedy = "It was removed meanwhile: list the VMs that there are with Get-LinuxKitVM.";

    /// <summary>The remedies of a call to a VM that may be gone.</summary>
    public static IReadOnlyDictionary<FailureKind, string> Gone { get; } = new Dictionary<FailureKind, string> { [FailureKind.ObjectNotFound] = GoneRemedy };

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        // While a guest shuts down, as one may that took too long, Hyper-V turns its VM off no more than it starts one.
        HyperVResult result = null!;
        context.Wait.Until($"'{Machine.Name}' to end its shutdown", RetryTime, RetryInterval, () =>
        {
            result = context.HyperV.Invoke(HyperVCall.TurnOff(Machine.Object));
            return result.FirstError is not { } error || !HyperVErrors.IsInvalidState(error);
        });
        result.OutputOr(new CallFailure(
            "VMTurnOffFailed",
            $"The VM '{Machine.Name}' could not be turned off.",
            Machine.Name,
            "Look at its state with Get-VM, and try again.")
        {
            Remedies = Gone,
        });
        MachineConsole.End(Machine, ConsoleEndReason.VMStopped);
    }
}
