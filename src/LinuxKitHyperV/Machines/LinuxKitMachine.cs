using System;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A VM that this module made: Hyper-V's own object, with our type name in front and our properties added.</summary>
internal sealed class LinuxKitMachine
{
    /// <summary>What our views are keyed to.</summary>
    public const string TypeName = "LinuxKitHyperV.VirtualMachine";

    private LinuxKitMachine(PSObject machine, OwnershipMark? mark)
    {
        Object = machine;
        Mark = mark;
    }

    /// <summary>Hyper-V's object.</summary>
    public PSObject Object { get; }

    /// <summary>What its notes say; null for a VM whose making was cut short.</summary>
    public OwnershipMark? Mark { get; }

    /// <summary>Its id.</summary>
    public Guid Id => Object.Id();

    /// <summary>Its name.</summary>
    public string Name => Object.Name();

    /// <summary>A VM as ours, or null if this module did not make it.</summary>
    public static LinuxKitMachine? From(PSObject machine)
    {
        var mark = OwnershipMark.Read(machine.Text("Notes"));
        return mark is not null || MachineName.IsUnfinished(machine.Name()) ? new LinuxKitMachine(machine, mark) : null;
    }

    /// <summary>Adds our type name and properties. Only for objects that we fetched: what is added stays on the object for all who hold it.</summary>
    public PSObject Decorate()
    {
        if (!Object.TypeNames.Contains(TypeName))
        {
            Object.TypeNames.Insert(0, TypeName);
            Object.Properties.Add(new PSNoteProperty("Image", Mark?.Image));
            Object.Properties.Add(new PSNoteProperty("ConsolePipe", Object.ConsolePipe()));
            Object.Properties.Add(new PSNoteProperty("Disks", Object.DiskPaths()));
            Object.Properties.Add(new PSNoteProperty("Metadata", Mark?.Metadata));
            Object.Properties.Add(new PSNoteProperty("IsUnfinished", Mark is null));
        }

        return Object;
    }
}
