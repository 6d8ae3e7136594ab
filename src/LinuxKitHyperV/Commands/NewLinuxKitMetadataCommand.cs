using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes metadata images: ISO files in which LinuxKit's metadata package, or cloud-init, finds what a guest is told.</summary>
[Cmdlet(VerbsCommon.New, "LinuxKitMetadata", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewLinuxKitMetadataCommand : LinuxKitCommand
{
    private const string InputObjectSet = "InputObject";
    private const string CloudInitSet = "CloudInit";

    private readonly List<PSObject> _input = [];

    /// <summary>The image to make; a path without an extension gets .iso.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CloudInitSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FilePathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>What LinuxKit's metadata package shall find: text, a table of files, a file, or a folder.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The user data for cloud-init: text, bytes, a file, or a table, which becomes its #cloud-config.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CloudInitSet)]
    [ValidateNotNull]
    public PSObject? UserData { get; set; }

    /// <summary>The meta-data for cloud-init: text, bytes, a file, or a table; by default it is empty.</summary>
    [Parameter(ParameterSetName = CloudInitSet)]
    [ValidateNotNull]
    public PSObject? MetaData { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _input.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // A pipeline may give nothing at all.
        if (ParameterSetName == CloudInitSet || _input.Count > 0)
        {
            ForItem(MakeAll);
        }
    }

    private void MakeAll()
    {
        var volume = Volume();
        foreach (var path in Path)
        {
            ForItem(() => Make(path, volume));
        }
    }

    /// <summary>What the image shall hold; what comes from the pipeline piece by piece are the lines of one text.</summary>
    private MetadataFolder Volume() => ParameterSetName == CloudInitSet
        ? MetadataVolume.ForCloudInit(MetadataArgument.ToDocument(UserData, "#cloud-config\n"), MetaData is null ? null : MetadataArgument.ToDocument(MetaData, string.Empty))
        : MetadataArgument.ToVolume(_input.Count == 1 ? _input[0] : PSObject.AsPSObject(_input.ToArray()));

    private void Make(string path, MetadataFolder volume)
    {
        var given = SessionState.Path.ToFilePath(path);
        var file = new FileInfo(System.IO.Path.HasExtension(given) ? given : given + ".iso");
        if (file.Exists)
        {
            throw new LinuxKitException(
                "MetadataExists",
                FailureKind.ResourceExists,
                $"There is a file '{file.FullName}' already.",
                file.FullName,
                "Choose another path, or remove the file first.");
        }

        if (ShouldProcess(file.FullName, "Make a metadata image"))
        {
            PlanRunner.Run([new WriteMetadataStep(file.FullName, volume)], NewContext());
            file.Refresh();
            WriteObject(file);
        }
    }
}
