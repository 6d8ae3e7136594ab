using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>The steps that make a VM, as data: they can be printed, compared and run.</summary>
/// <param name="Spec">What it makes.</param>
/// <param name="Steps">The steps, in their order.</param>
/// <param name="Made">What the VM is called in the steps' calls.</param>
internal sealed record MachinePlan(MachineSpec Spec, IReadOnlyList<PlanStep> Steps, StepOutput<PSObject> Made)
{
    /// <summary>The VM, once it is made.</summary>
    public IPlanValue<LinuxKitMachine> Machine => new MadeMachine(Spec, Made);

    /// <summary>How the VM is removed again when its console is left; null where it stays.</summary>
    private string? Removal { get; init; }

    /// <summary>Plans a new VM.</summary>
    /// <param name="spec">What it shall be.</param>
    /// <param name="hyperV">Tells which parameters the host's cmdlets have.</param>
    public static MachinePlan Create(MachineSpec spec, IHyperV hyperV)
    {
        var machine = new StepOutput<PSObject>("VM");
        var bootDisk = new StepOutput<string>("boot disk");
        var disks = spec.Disks.Select(disk => (Disk: disk, Made: new StepOutput<PSObject>($"disk '{disk.Path}'"), Identity: new StepOutput<string>($"identity of '{disk.Path}'"))).ToList();
        var folder = MakeFolderStep.For(spec.Folder);
        var metadata = spec.Metadata is null ? new MetadataSteps([], null) : MetadataPlan.Make(spec.Metadata);
        return new MachinePlan(
            spec,
            [
                .. folder is null ? Array.Empty<PlanStep>() : [folder],
                .. BootPlan.MakeMedium(spec.Boot, bootDisk),
                .. disks.SelectMany(one => MakeDisk(spec, one.Disk, one.Made, one.Identity)),
                .. metadata.Steps,
                MakeMachine(spec, machine),
                .. NetworkPlan.Connect(spec, machine),
                .. BootPlan.Attach(spec, machine),
                .. spec.Metadata is null ? Array.Empty<PlanStep>() : [MetadataPlan.Attach(spec.Name, machine, spec.Metadata.Path, spec.Boot.Generation)],
                .. spec.Disks.Zip(DiskSlot.ForData(spec.Boot), (disk, slot) => AttachDisk(spec, disk, slot, machine)),
                Console(spec, machine),
                Commit(spec, machine, new MarkNotes(spec.Mark, null, [.. disks.Select(one => one.Made)], [.. disks.Select(one => one.Identity), bootDisk, .. metadata.Identities], folder?.Made), hyperV),
                .. spec.Host.IsLocal ? Array.Empty<PlanStep>() : [new FirstOfItsNameStep(spec, machine)],
            ],
            machine);
    }

    /// <summary>The same plan with the VM's start at its end.</summary>
    /// <param name="capture">How the console is captured; null for no capture.</param>
    public MachinePlan WithStart(CaptureRequest? capture) => this with { Steps = [.. Steps, .. StartPlan.New(Spec.Name, Machine, Made, capture)] };

    /// <summary>The plan as -WhatIf shows it for a VM that is removed when its console is left.</summary>
    /// <param name="withData">Whether its data disks are deleted too.</param>
    public MachinePlan WithRemoval(bool withData)
    {
        var mark = Spec.Mark;
        string?[] files = [mark.OwnsMetadata ? mark.Metadata : null, mark.BootDvd, mark.BootDisk, .. withData ? mark.Disks : [], IsFolderRemoved(withData) ? Spec.Folder : null];
        return this with { Removal = MachineRemoval.Announce(files.OfType<string>()) };
    }

    private bool IsFolderRemoved(bool withData) => Spec.Folder is { } folder && !Directory.Exists(folder) &&
        (withData || !Array.Exists(Spec.Mark.Disks, disk => Path.GetDirectoryName(disk) == folder));

    /// <summary>The plan as a reader wants it.</summary>
    public override string ToString() =>
        string.Join("\n", Steps.Where(step => !step.IsDetail).Select(step => step.Description).Append(Removal).OfType<string>().Select(line => "  " + line));

    private static IEnumerable<PlanStep> MakeDisk(MachineSpec spec, MachineDisk disk, StepOutput<PSObject> made, StepOutput<string> identity) => disk switch
    {
        { NewSizeBytes: { } size } => DiskPlan.Make(spec.Host, disk.Path, size, made),
        { ConvertedFrom: { } image } => DiskPlan.Convert(image, disk.Path, made: identity),
        _ => [],
    };

    private static CallStep MakeMachine(MachineSpec spec, StepOutput<PSObject> machine)
    {
        var call = spec.Host.Call(HyperVCommand.NewVM);
        call.Add("Name", spec.UnfinishedName);
        call.Add("Generation", (short)spec.Boot.Generation);
        call.Add("MemoryStartupBytes", spec.Memory.StartupBytes);
        call.Add("NoVHD", true);
        return new CallStep(
            $"Make a Generation {spec.Boot.Generation} VM with {SizeText.Of(spec.Memory.StartupBytes)} of memory",
            call,
            Failure(spec, "VMCreationFailed", "could not be made", "Check with Get-VMHost that Hyper-V works on this host.") with
            {
                Remedies = new Dictionary<FailureKind, string>
                {
                    [FailureKind.InvalidArgument] = "Give -MemoryStartupBytes a multiple of 2 MB that the host has: Get-VMHost shows it.",
                },
            })
        {
            Output = machine,
            Undo = new RemoveMachineUndo(machine, spec.UnfinishedName, spec.Host),
        };
    }

    private static CallStep AttachDisk(MachineSpec spec, MachineDisk disk, DiskSlot slot, StepOutput<PSObject> machine)
    {
        var call = new HyperVCall(HyperVCommand.AddVMHardDiskDrive) { { "VM", machine }, { "Path", disk.Path } };
        slot.AddTo(call);
        return new CallStep($"Attach '{disk.Path}'", call, new CallFailure(
            "DiskAttachFailed",
            $"The disk '{disk.Path}' could not be attached to the VM '{spec.Name}'.",
            disk.Path,
            $"Check that it is a VHD or VHDX that no other VM uses. {DiskPlan.KeepPlain}"));
    }

    private static CallStep Console(MachineSpec spec, StepOutput<PSObject> machine) => new(
        $"Set COM 1 to '{spec.ConsolePipe}'",
        new HyperVCall(HyperVCommand.SetVMComPort) { { "VM", machine }, { "Number", 1 }, { "Path", spec.ConsolePipe } },
        Failure(spec, "ConsoleSetupFailed", "could not be given a console", "Choose a VM name that can be part of a pipe's name."));

    /// <remarks>The last step before the start: from here on the VM has its name and its mark, and is found by them.</remarks>
    private static CallStep Commit(MachineSpec spec, StepOutput<PSObject> machine, MarkNotes notes, IHyperV hyperV)
    {
        var call = new HyperVCall(HyperVCommand.SetVM)
        {
            { "VM", machine },
            { "NewVMName", spec.Name },
            { "Notes", notes },
            { "ProcessorCount", (long)spec.ProcessorCount },
            { "CheckpointType", "Disabled" },
            { "AutomaticStartAction", "Nothing" },
            { "AutomaticStopAction", "ShutDown" },
            { "Passthru", true },
        };

        if (spec.Memory.Bounds is var (minimum, maximum))
        {
            call.Add("DynamicMemory", true);
            call.Add("MemoryMinimumBytes", minimum);
            call.Add("MemoryMaximumBytes", maximum);
        }
        else
        {
            call.Add("StaticMemory", true);
        }

        // Windows Server 2016 has no automatic checkpoints (https://github.com/hashicorp/vagrant/issues/10251). Its module lacks the parameter, and it is itself reached by newer modules.
        if (hyperV.HasParameter(HyperVCommand.SetVM, "AutomaticCheckpointsEnabled"))
        {
            call.Add("AutomaticCheckpointsEnabled", new NoAutomaticCheckpoints(machine));
        }

        return new CallStep(
            $"Name it '{spec.Name}', with {spec.ProcessorCount} processor{(spec.ProcessorCount == 1 ? string.Empty : "s")} and no checkpoints",
            call,
            Failure(spec, "VMConfigurationFailed", "could not be configured", "Check -ProcessorCount and the memory against what Get-VMHost shows: memory is a multiple of 2 MB."))
        {
            Output = machine,
        };
    }

    private static CallFailure Failure(MachineSpec spec, string errorId, string what, string remedy) =>
        new(errorId, $"The VM '{spec.Name}' {what}.", spec.Name, remedy);

    /// <summary>Null of a VM whose host has none to turn off: they came with the configuration version 8.2, that of Windows 10 1709.</summary>
    private sealed record NoAutomaticCheckpoints(StepOutput<PSObject> Machine) : IPlanValue<object?>
    {
        private static readonly Version First = new(8, 2);

        public object? In(PlanContext context) => Version.TryParse(Machine.In(context).Text("Version"), out var version) && version < First ? null : false;
    }

    private sealed record MadeMachine(MachineSpec Spec, StepOutput<PSObject> Machine) : IPlanValue<LinuxKitMachine>
    {
        public LinuxKitMachine In(PlanContext context) => Spec.ToMachine(Machine.In(context));
    }
}
