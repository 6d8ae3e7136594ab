using System;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>Converts images to disks that Hyper-V attaches: raw, qcow2, VMDK, VHD, VHDX and gzipped tar to VHDX or VHD.</summary>
[Cmdlet(VerbsData.ConvertTo, "LinuxKitDisk", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType("Microsoft.Vhd.PowerShell.VirtualHardDisk")]
public sealed class ConvertToLinuxKitDiskCommand : ImageCommand
{
    /// <summary>The disk's file, which ends in .vhdx or .vhd, or the folder for it; by default it is named after the image, in the current location.</summary>
    [Parameter(Position = 1, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FilePathCompleter))]
    public string? DestinationPath { get; set; }

    /// <summary>The disk's size: 10GB, 512M, or a plain number of gigabytes; by default the smallest that holds the image.</summary>
    [Parameter]
    [Alias("SizeBytes")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DiskSizeCompleter))]
    public string Size { get; set; } = string.Empty;

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessImage(string image)
    {
        long? size = Size.Length > 0 ? DiskSyntax.ParseSize(Size) : null;
        var path = Destination(image);
        if (File.Exists(path) && (!Force || IsSame(path, image)))
        {
            throw new LinuxKitException(
                "DiskExists",
                FailureKind.ResourceExists,
                $"There is a file '{path}' already.",
                path,
                IsSame(path, image) ? "Choose another path: the image cannot be converted in its place." : "Choose another path, or replace the file with -Force.");
        }

        if (!ShouldProcess(path, $"Convert '{image}'"))
        {
            return;
        }

        PlanRunner.Run(DiskPlan.Convert(image, path, size, Force), NewContext());
        WriteObject(DiskFile.ReadMade(HyperV, HyperVHost.Local, path), enumerateCollection: true);
    }

    private string Destination(string image)
    {
        var name = MachineName.WithoutFileSuffix(image) + ".vhdx";
        var path = SessionState.Path.ToFilePath(DestinationPath ?? name);
        path = Directory.Exists(path) ? System.IO.Path.Combine(path, name) : path;
        return MachineDisks.ToMake(path, file => file, isLocal: true);
    }

    private static bool IsSame(string path, string image) => path.Equals(image, StringComparison.OrdinalIgnoreCase);
}
