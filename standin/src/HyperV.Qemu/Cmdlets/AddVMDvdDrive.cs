using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;
using HyperV.Qemu.Machines;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Adds DVD drives.</content>
[Implements(
    nameof(VMName),
    nameof(VM),
    nameof(VMDriveController),
    nameof(ControllerNumber),
    nameof(ControllerLocation),
    nameof(Path),
    nameof(Passthru))]
public partial class AddVMDvdDrive
{
    private protected override void Process()
    {
        if (VMDriveController is not null)
        {
            foreach (var controller in VMDriveController)
            {
                Guard(() => Add(controller.Machine, controller.Type, controller.ControllerNumber));
            }
        }
        else
        {
            ForEachMachine(VMName, VM, machine => Add(machine, null, ControllerNumber));
        }
    }

    private void Add(VirtualMachine machine, ControllerType? type, int? number)
    {
        if (!ShouldProcess(machine.Name))
        {
            return;
        }

        // Generation 1 has its DVD drives on IDE, and nowhere else.
        type ??= machine.Generation == 1 ? ControllerType.IDE : ControllerType.SCSI;
        var path = Path is null ? null : DriveFiles.CheckedIso(Absolute(NotEmpty(Path)));
        var drive = DriveMedia.Attach(machine, isDvd: true, new DrivePlace(type, number, ControllerLocation), path);
        WritePassthru(Passthru, new DvdDrive(machine, drive));
    }

    /// <remarks>Hyper-V lets out what the .NET Framework says, and has no message of its own.</remarks>
    private static string NotEmpty(string path) => path.Length > 0
        ? path
        : throw new VirtualizationException(ErrorIdentifier.Unspecified, "Exception of type 'System.ArgumentException' was thrown.\nParameter name: folderPath");
}
