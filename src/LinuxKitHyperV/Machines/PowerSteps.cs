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
        if (Fault(context.HyperV) is { } fault)
        {
            context.Set(Failure, fault);
        }
        else
        {
            MachineConsole.End(Machine, ConsoleEndReason.VMStopped);
        }
    }

    private LinuxKitException? Fault(IHyperV hyperV)
    {
        var services = hyperV.Invoke(new HyperVCall(HyperVCommand.GetVMIntegrationService) { { "VM", Machine.Object } });
        if (services.FirstError is { } unknown)
        {
            return Failed(unknown);
        }

        if (!services.Output.Any(service => service.IsService(IntegrationServiceId.Shutdown) && service.Answers()))
        {
            return new LinuxKitException(
                "VMShutdownServiceMissing",
                FailureKind.ResourceUnavailable,
                $"The guest of the VM '{Machine.Name}' has no shutdown service that answers.",
                Machine.Name,
                "Wait until it has booted; or use -Force or -TurnOff, which lose what it had not written to a disk.");
        }

        // Where the guest does not answer, Stop-VM asks a question that -Confirm:$false does not answer, and -Force does.
        return hyperV.InvokeWithin(new HyperVCall(HyperVCommand.StopVM) { { "VM", Machine.Object }, { "Force", true } }, Timeout) switch
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
    /// <summary>What to do about a VM that is gone.</summary>
    public const string GoneRemedy = "It was removed meanwhile: list the VMs that there are with Get-LinuxKitVM.";

    /// <summary>The remedies of a call to a VM that may be gone.</summary>
    public static IReadOnlyDictionary<FailureKind, string> Gone { get; } = new Dictionary<FailureKind, string> { [FailureKind.ObjectNotFound] = GoneRemedy };

    /// <inheritdoc/>
    public override void Run(PlanContext context)
    {
        context.HyperV.Invoke(HyperVCall.TurnOff(Machine.Object)).OutputOr(new CallFailure(
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
