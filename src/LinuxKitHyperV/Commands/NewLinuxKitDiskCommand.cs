using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes data disks: dynamic VHDX files with the block size that suits Linux.</summary>
[Cmdlet(VerbsCommon.New, "LinuxKitDisk", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType("Microsoft.Vhd.PowerShell.VirtualHardDisk")]
public sealed class NewLinuxKitDiskCommand : LinuxKitCommand
{
    private const string PathSet = "Path";

    /// <summary>The files to make; a path without an extension gets .vhdx.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FilePathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The size of each disk: 10GB, 512M, or a plain number of gigabytes.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [Alias("SizeBytes")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DiskSizeCompleter))]
    public string Size { get; set; } = string.Empty;

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public override string[] ComputerName { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [PSTypeName("Microsoft.Management.Infrastructure.CimSession")]
    [ValidateNotNullOrEmpty]
    public override PSObject[] CimSession { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var host in Hosts)
        {
            foreach (var path in Path)
            {
                ForItem(() => Make(host, path));
            }
        }
    }

    private void Make(HyperVHost host, string path)
    {
        var size = DiskSyntax.ParseSize(Size);
        if (FileName.IsMissingFrom(path))
        {
            throw new LinuxKitException("InvalidPath", FailureKind.InvalidArgument, $"'{path}' is a folder and no file.", path, "Name the file to make in it, such as data.vhdx.");
        }

        var named = FileName.IsPossible(path) && !System.IO.Path.HasExtension(path) ? path + ".vhdx" : path;
        var disk = MachineDisks.ToMake(named, file => SessionState.Path.ToFilePath(host, file), host.IsLocal);
        if (host.IsLocal && File.Exists(disk))
        {
            throw new LinuxKitException(
                "DiskExists",
                FailureKind.ResourceExists,
                $"There is a file '{disk}' already.",
                disk,
                "Choose another path, or remove the file first.");
        }

        if (!ShouldProcess(disk, $"Make a disk of {SizeText.Of(size)}"))
        {
            return;
        }

        PlanRunner.Run(DiskPlan.Make(host, disk, size), NewContext());
        WriteObject(DiskFile.ReadMade(HyperV, host, disk), enumerateCollection: true);
    }
}
