using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Stops VMs, and ends the captures of their consoles with them.</summary>
internal sealed class MachinePower
{
    /// <summary>What to do about a VM that is gone.</summary>
    public const string GoneRemedy = "It was removed meanwhile: list the VMs that there are with Get-LinuxKitVM.";

    private static readonly IReadOnlyDictionary<FailureKind, string> Gone = new Dictionary<FailureKind, string>
    {
        [FailureKind.ObjectNotFound] = GoneRemedy,
    };

    private readonly IHyperV _hyperV;

    /// <summary>By these calls.</summary>
    public MachinePower(IHyperV hyperV)
    {
        _hyperV = hyperV;
    }

    /// <summary>Has the guest shut itself down.</summary>
    /// <returns>Why it did not; null if it did.</returns>
    public LinuxKitException? TryShutDown(LinuxKitMachine machine, TimeSpan timeout)
    {
        var services = _hyperV.Invoke(new HyperVCall(HyperVCommand.GetVMIntegrationService) { { "VM", machine.Object } });
        if (services.FirstError is { } unknown)
        {
            return ShutdownFailure(machine, unknown);
        }

        if (!services.Output.Any(IsShutdownThatAnswers))
        {
            return new LinuxKitException(
                "VMShutdownServiceMissing",
                FailureKind.ResourceUnavailable,
                $"The guest of the VM '{machine.Name}' has no shutdown service that answers.",
                machine.Name,
                "Wait until it has booted; or use -Force or -TurnOff, which lose what it had not written to a disk.");
        }

        // Where the guest does not answer, Stop-VM asks a question that -Confirm:$false does not answer, and -Force does.
        var result = _hyperV.InvokeWithin(new HyperVCall(HyperVCommand.StopVM) { { "VM", machine.Object }, { "Force", true } }, timeout);
        if (result is { FirstError: null })
        {
            MachineConsole.End(machine, ConsoleEndReason.VMStopped);
            return null;
        }

        return result?.FirstError is { } error
            ? ShutdownFailure(machine, error)
            : new LinuxKitException(
                "VMShutdownTimeout",
                FailureKind.OperationTimeout,
                $"The guest of the VM '{machine.Name}' did not shut down in {timeout.TotalSeconds:0} s.",
                machine.Name,
                "Give it more time with -TimeoutSec, or use -Force to have it turned off then.");
    }

    /// <summary>Pulls the VM's plug.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="invoke">How to call Hyper-V: it differs while the pipeline is being stopped.</param>
    /// <exception cref="LinuxKitException">VMTurnOffFailed.</exception>
    public static void TurnOff(LinuxKitMachine machine, Func<HyperVCall, HyperVResult> invoke)
    {
        var call = new HyperVCall(HyperVCommand.StopVM) { { "VM", machine.Object }, { "TurnOff", true }, { "Force", true } };
        if (invoke(call).FirstError is { } error)
        {
            throw HyperVErrors.Translate(error, new CallFailure(
                "VMTurnOffFailed",
                $"The VM '{machine.Name}' could not be turned off.",
                machine.Name,
                "Look at its state with Get-VM, and try again.")
            {
                Remedies = Gone,
            });
        }

        MachineConsole.End(machine, ConsoleEndReason.VMStopped);
    }

    private static bool IsShutdownThatAnswers(PSObject service) =>
        service.Text("Id").EndsWith(IntegrationServiceId.Shutdown, StringComparison.OrdinalIgnoreCase) &&
        service.Text("Enabled") == bool.TrueString &&
        service.Text("PrimaryOperationalStatus") == "Ok";

    private static LinuxKitException ShutdownFailure(LinuxKitMachine machine, ErrorRecord error) => HyperVErrors.Translate(error, new CallFailure(
        "VMShutdownFailed",
        $"The VM '{machine.Name}' could not be shut down.",
        machine.Name,
        "Use -Force or -TurnOff to have it turned off.")
    {
        Remedies = Gone,
    });
}
