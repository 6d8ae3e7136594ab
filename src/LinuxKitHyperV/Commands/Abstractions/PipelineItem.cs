using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Commands;

/// <summary>What the pipeline gives that no other parameter takes as it is: PowerShell converts any object to one.</summary>
/// <remarks>A parameter of type PSObject would be bound before all others, and so to files and VMs too; one that needs a conversion is bound after them.</remarks>
public sealed class PipelineItem
{
    /// <summary>By this PowerShell converts.</summary>
    /// <param name="item">Any object.</param>
    public PipelineItem(object item) => Object = PSObject.AsPSObject(item);

    /// <summary>The object itself.</summary>
    internal PSObject Object { get; }

    /// <summary>The file that it stands for: its own, or the one that its Path names; empty where there is none.</summary>
    internal string FilePath => Object.BaseObject switch
    {
        FileInfo file => file.FullName,
        string => string.Empty,
        _ => IsMachine ? string.Empty : Object.Text("Path"),
    };

    /// <summary>The name of the VM that it is about, as a table's row may have it; else empty.</summary>
    internal string MachineName => Object.Text("VMName");

    /// <summary>Whether it can be a disk: anything but a VM, and a row of a table that names no file.</summary>
    internal bool IsDisk => FilePath.Length > 0 || !(IsMachine || Object.BaseObject is PSCustomObject);

    // Its Path is the folder of its configuration.
    private bool IsMachine => Object.TypeNames.Any(name => name.EndsWith(HyperVObject.VirtualMachineTypeName, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Object.ToString();
}
