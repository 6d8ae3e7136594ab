using System.Management.Automation;
using LinuxKitHyperV.Images;

namespace LinuxKitHyperV.Commands;

/// <summary>Tells what images are: their format, what boots them, and their kernel's command line.</summary>
[Cmdlet(VerbsCommon.Get, "LinuxKitImage", DefaultParameterSetName = PathSet)]
[OutputType(typeof(LinuxKitImage))]
public sealed class GetLinuxKitImageCommand : ImageCommand
{
    private protected override void ProcessImage(string image) => WriteObject(Inspect(image));
}
