using System.Linq;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>The errors of a call that gives no image to make a VM for.</summary>
/// <param name="invocation">The call.</param>
/// <param name="otherWays">What else the cmdlet can be given, for the remedies; begins with a blank.</param>
internal sealed class MissingImage(InvocationInfo invocation, string otherWays)
{
    /// <summary>What the pipeline gives is no image.</summary>
    public LinuxKitException Refused(PipelineItem item) => new(
        "PipelineInputRefused",
        FailureKind.InvalidArgument,
        ForImages() is { } given
            ? $"{given} with the file of an image, and '{item}' from the pipeline is none."
            : $"'{item}' from the pipeline is {(otherWays.Length > 0 ? "neither a file nor a VM" : "no file of an image")}.",
        item.Object,
        $"Give paths as arguments, or pipe files from Get-Item or Get-ChildItem.{otherWays}");

    /// <summary>Neither an argument nor the pipeline gives one.</summary>
    public LinuxKitException NotGiven() => new(
        "ImageNotGiven",
        FailureKind.InvalidArgument,
        ForImages() is { } unused ? $"{unused} with an image, and none is given." : "No image is given.",
        invocation.MyCommand.Name,
        $"Give the path of one, as in {invocation.MyCommand.Name} .\\linuxkit-efi.iso.{otherWays}");

    /// <summary>"-Disk goes", "-Disk, -SwitchName go": the bound parameters that new VMs alone have.</summary>
    private string? ForImages()
    {
        var given = invocation.BoundParameters.Keys
            .Where(name => invocation.MyCommand.Parameters[name].ParameterSets.Keys.All(set => set is NewMachineCommand.PathSet or NewMachineCommand.LiteralPathSet))
            .Except([nameof(NewMachineCommand.Path), nameof(NewMachineCommand.LiteralPath), nameof(NewMachineCommand.PipelineInput)])
            .Select(name => "-" + name)
            .ToList();
        return given.Count == 0 ? null : $"{string.Join(", ", given)} {(given.Count == 1 ? "goes" : "go")}";
    }
}
