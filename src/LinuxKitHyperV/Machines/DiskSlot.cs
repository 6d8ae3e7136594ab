using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A place for a disk.</summary>
/// <param name="ControllerType">IDE or SCSI.</param>
/// <param name="ControllerNumber">The controller.</param>
/// <param name="ControllerLocation">The place on it.</param>
internal sealed record DiskSlot(string ControllerType, int ControllerNumber, int ControllerLocation)
{
    private const int ScsiLocations = 64;
    private const int ScsiControllers = 4;

    /// <summary>The places of the data disks of a VM, in their order. They do not depend on what else the VM is given.</summary>
    /// <remarks>
    /// Generation 2: the first place is that of the boot medium, the second that of the metadata. Generation 1: its DVD drive is
    /// the first of the second IDE controller, and the place beside it is that of the metadata; after IDE comes SCSI.
    /// </remarks>
    public static IEnumerable<DiskSlot> ForData(MachineBoot boot) => boot switch
    {
        { Generation: 1, IsDisk: true } => [new DiskSlot("IDE", 0, 1), .. Scsi()],
        { Generation: 1 } => [new DiskSlot("IDE", 0, 0), new DiskSlot("IDE", 0, 1), .. Scsi()],
        _ => Scsi().Skip(2),
    };

    /// <summary>Adds the place to a call.</summary>
    public void AddTo(HyperVCall call)
    {
        call.Add("ControllerType", ControllerType);
        call.Add("ControllerNumber", ControllerNumber);
        call.Add("ControllerLocation", ControllerLocation);
    }

    private static IEnumerable<DiskSlot> Scsi() =>
        from controller in Enumerable.Range(0, ScsiControllers)
        from location in Enumerable.Range(0, ScsiLocations)
        select new DiskSlot("SCSI", controller, location);
}
