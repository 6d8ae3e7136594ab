using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>A cmdlet that does something for each of the images that are there.</summary>
public abstract class ImageCommand : LinuxKitCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    private protected ImageCommand()
    {
    }

    /// <summary>Paths of images, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImagePathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of images, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralImagePathCompleter))]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == LiteralPathSet ? LiteralPath : Path)
        {
            ForItem(() =>
            {
                foreach (var image in Images(path))
                {
                    ForItem(() => ProcessImage(image));
                }
            });
        }
    }

    /// <summary>Does it for one image.</summary>
    /// <param name="image">The full path of a file that is there.</param>
    private protected abstract void ProcessImage(string image);

    private IEnumerable<string> Images(string path) =>
        ParameterSetName == LiteralPathSet ? [ImagePaths.ResolveLiteral(SessionState.Path, path)] : ImagePaths.Resolve(SessionState.Path, path);
}
