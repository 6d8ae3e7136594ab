using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Making;

/// <summary>The steps that give a VM what it boots from.</summary>
internal static class BootPlan
{
    // Hyper-V knows the templates by these too; by their names it does not always find them (https://github.com/eryph-org/eryph/issues/356).
    private static readonly Guid MicrosoftUefiCertificateAuthority = new("272e7447-90a4-4563-a4b9-8e4ab00526ce");
    private static readonly Guid MicrosoftWindows = new("1734c6e8-3154-4dda-ba5f-a874cc483422");

    private static readonly string[] DvdFirst = ["CD", "IDE", "LegacyNetworkAdapter", "Floppy"];
    private static readonly string[] DiskFirst = ["IDE", "CD", "LegacyNetworkAdapter", "Floppy"];

    /// <summary>The steps before the VM is made: the disk, or the copy, of an image that is not attached as it is.</summary>
    /// <param name="boot">What it boots from.</param>
    /// <param name="made">What it is known by, for later steps.</param>
    public static IEnumerable<PlanStep> MakeMedium(MachineBoot boot, StepOutput<string> made) => boot switch
    {
        { ConvertedFrom: { } image, IsDisk: true } => DiskPlan.Convert(image, boot.MediumPath, made: made),
        { ConvertedFrom: { } image } => CopyFileStep.Steps(image, boot.MediumPath, isPrivate: false, made),
        _ => [],
    };

    /// <summary>The steps that give it to the VM.</summary>
    public static IEnumerable<PlanStep> Attach(MachineSpec spec, StepOutput<PSObject> machine) =>
        spec.Boot.Generation == 1 ? ByBios(spec, machine) : ByFirmware(spec, machine);

    private static IEnumerable<PlanStep> ByBios(MachineSpec spec, StepOutput<PSObject> machine)
    {
        if (spec.Boot.IsDisk)
        {
            yield return AttachDisk(spec, machine, new DiskSlot("IDE", 0, 0), new StepOutput<PSObject>("boot disk"));
        }
        else
        {
            // A VM of this generation comes with an empty drive.
            var drive = new StepOutput<PSObject>("boot DVD");
            yield return new CallStep("Find its DVD drive", new HyperVCall(HyperVCommand.GetVMDvdDrive) { { "VM", machine } }, Failure(spec)) { Output = drive, IsDetail = true };
            yield return new CallStep(
                $"Insert '{spec.Boot.MediumPath}'",
                new HyperVCall(HyperVCommand.SetVMDvdDrive) { { "VMDvdDrive", drive }, { "Path", spec.Boot.MediumPath } },
                Failure(spec));
        }

        yield return new CallStep(
            "Boot from it",
            new HyperVCall(HyperVCommand.SetVMBios) { { "VM", machine }, { "StartupOrder", spec.Boot.IsDisk ? DiskFirst : DvdFirst } },
            Failure(spec));
    }

    private static IEnumerable<PlanStep> ByFirmware(MachineSpec spec, StepOutput<PSObject> machine)
    {
        var medium = new StepOutput<PSObject>(spec.Boot.IsDisk ? "boot disk" : "boot DVD");
        yield return spec.Boot.IsDisk
            ? AttachDisk(spec, machine, new DiskSlot("SCSI", 0, 0), medium)
            : new CallStep(
                $"Insert '{spec.Boot.MediumPath}'",
                new HyperVCall(HyperVCommand.AddVMDvdDrive) { { "VM", machine }, { "Path", spec.Boot.MediumPath }, { "Passthru", true } },
                Failure(spec))
            {
                Output = medium,
            };
        yield return Firmware(spec, machine, medium);
        if (spec.Boot.HasTpm)
        {
            var failure = new CallFailure("TpmSetupFailed", $"The VM '{spec.Name}' could not be given a TPM.", spec.Name, "Leave -Tpm out, or try Enable-VMTPM on another VM of this host.");
            yield return new CallStep(
                "Give it a key protector",
                new HyperVCall(HyperVCommand.SetVMKeyProtector) { { "VM", machine }, { "NewLocalKeyProtector", true } },
                failure);
            yield return new CallStep("Give it a TPM", new HyperVCall(HyperVCommand.EnableVMTPM) { { "VM", machine } }, failure);
        }
    }

    private static CallStep Firmware(MachineSpec spec, StepOutput<PSObject> machine, StepOutput<PSObject> medium)
    {
        var isSecure = spec.Boot.SecureBoot != LinuxKitSecureBoot.Off;
        var call = new HyperVCall(HyperVCommand.SetVMFirmware) { { "VM", machine }, { "EnableSecureBoot", isSecure ? "On" : "Off" }, { "FirstBootDevice", medium } };
        if (isSecure)
        {
            call.Add("SecureBootTemplateId", spec.Boot.SecureBoot == LinuxKitSecureBoot.MicrosoftWindows ? MicrosoftWindows : MicrosoftUefiCertificateAuthority);
        }

        return new CallStep($"Boot from it, with Secure Boot {(isSecure ? $"by {spec.Boot.SecureBoot}" : "off")}", call, Failure(spec));
    }

    private static CallStep AttachDisk(MachineSpec spec, StepOutput<PSObject> machine, DiskSlot slot, StepOutput<PSObject> disk)
    {
        var call = new HyperVCall(HyperVCommand.AddVMHardDiskDrive) { { "VM", machine }, { "Path", spec.Boot.MediumPath } };
        slot.AddTo(call);
        call.Add("Passthru", true);
        return new CallStep($"Attach '{spec.Boot.MediumPath}'", call, Failure(spec)) { Output = disk };
    }

    private static CallFailure Failure(MachineSpec spec) => new(
        "BootDeviceFailed",
        $"The VM '{spec.Name}' could not be given '{spec.Boot.MediumPath}' to boot.",
        spec.Name,
        $"Check that Hyper-V may read the file, and that no other VM uses it. {DiskPlan.KeepPlain}");
}
