using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Making;

/// <summary>A VM's notes with its mark, which has what the files are known by that the steps before have made.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Notes">The notes that the VM has; null for none.</param>
/// <param name="Disks">Hyper-V's objects of the disks, as far as they are made.</param>
/// <param name="Metadata">What the metadata image is known by; null where none is made.</param>
internal sealed record MarkNotes(
    OwnershipMark Mark,
    string? Notes,
    IReadOnlyList<StepOutput<PSObject>> Disks,
    StepOutput<string>? Metadata) : IPlanValue<string>
{
    /// <inheritdoc/>
    public string In(PlanContext context)
    {
        var made = Disks.Select(context.Find).OfType<PSObject>().Select(FileIdentity.OfDisk).Append(Metadata is null ? null : context.Find(Metadata));
        return (Mark with { Made = [.. Mark.Made, .. made.OfType<string>()] }).WriteTo(Notes);
    }
}
