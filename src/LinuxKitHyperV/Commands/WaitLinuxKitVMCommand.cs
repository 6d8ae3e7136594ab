using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Waiting;

namespace LinuxKitHyperV.Commands;

/// <summary>Waits for VMs that this module made, for all of them together.</summary>
[Cmdlet(VerbsLifecycle.Wait, "LinuxKitVM", DefaultParameterSetName = NameSet)]
[OutputType(LinuxKitMachine.TypeName, HyperVObject.VirtualMachineTypeName)]
public sealed class WaitLinuxKitVMCommand : MachineCommand, IWaitReport
{
    private const int ActivityId = 0x4C57;

    // The others wait while one is asked.
    private static readonly TimeSpan ShellPatience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<Guid, LinuxKitMachine> _machines = [];
    private bool _showsProgress;

    /// <summary>What to wait for.</summary>
    [Parameter]
    public LinuxKitVMCondition For { get; set; }

    /// <summary>With -For State: the states, one of which the VM shall be in.</summary>
    [Parameter]
    [ValidateSet("Running", "Off", "Saved", "Paused")]
    public string[] State { get; set; } = [];

    /// <summary>With -For IPAddress: also asks the guests, by a command in the shells on their consoles.</summary>
    [Parameter]
    public SwitchParameter UseConsole { get; set; }

    /// <summary>How long to wait for all of them, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; } = 120;

    /// <inheritdoc/>
    void IWaitReport.Waiting(MachineGoal goal, IReadOnlyList<LinuxKitMachine> machines, TimeSpan left)
    {
        _showsProgress = true;
        WriteProgress(new ProgressRecord(ActivityId, $"Wait for {goal.Description}", string.Join(", ", machines.Select(machine => machine.Name)))
        {
            PercentComplete = (_machines.Count - machines.Count) * 100 / _machines.Count,
            SecondsRemaining = (int)left.TotalSeconds,
        });
    }

    /// <inheritdoc/>
    void IWaitReport.Ready(LinuxKitMachine machine) => WriteObject(machine.Decorate());

    /// <inheritdoc/>
    void IWaitReport.Failed(LinuxKitException failure) => WriteError(failure.ToErrorRecord());

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Require((For == LinuxKitVMCondition.State) == (State.Length > 0), nameof(State), "-State goes with -For State, and -For State with -State.");
        Require(!UseConsole || For == LinuxKitVMCondition.IPAddress, nameof(UseConsole), "-UseConsole goes with -For IPAddress.");
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            new MachineWait(HyperV, Goal(), this).Run(_machines.Values, TimeSpan.FromSeconds(TimeoutSec), StoppingToken);
        }
        finally
        {
            // A stopped pipeline takes no progress any more.
            if (_showsProgress && !Stopping)
            {
                WriteProgress(new ProgressRecord(ActivityId, "Wait", "Done") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine) => _machines[machine.Id] = machine;

    private MachineGoal Goal() => For switch
    {
        LinuxKitVMCondition.State => new StateGoal(State),
        LinuxKitVMCondition.Off => new OffGoal(Current),
        LinuxKitVMCondition.IPAddress => new IPAddressGoal(HyperV, Current, UseConsole ? new GuestQuestion(HyperV, Current, ShellPatience, StoppingToken) : null, StoppingToken),
        _ => new HeartbeatGoal(HyperV, Current, StoppingToken),
    };
}
