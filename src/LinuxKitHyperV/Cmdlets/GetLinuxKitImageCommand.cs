using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.Images;

namespace LinuxKitHyperV.Commands;

/// <summary>Tells what images are: their format, what boots them, and their kernel's command line.</summary>
[Cmdlet(VerbsCommon.Get, "LinuxKitImage", DefaultParameterSetName = PathSet)]
[OutputType(typeof(LinuxKitImage))]
public sealed class GetLinuxKitImageCommand : LinuxKitCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Paths of images, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImagePathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of images, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImagePathCompleter))]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == LiteralPathSet ? LiteralPath : Path)
        {
            ForItem(() =>
            {
                foreach (var file in Files(path))
                {
                    ForItem(() => WriteObject(ImageFile.Inspect(file)));
                }
            });
        }
    }

    private IEnumerable<string> Files(string path) =>
        ParameterSetName == LiteralPathSet ? [ImagePaths.ResolveLiteral(this, path)] : ImagePaths.Resolve(this, path);
}
