using System;
using System.Collections.Generic;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>A VM that this module made: Hyper-V's own object, with our type name in front and our properties added.</summary>
internal sealed class LinuxKitMachine
{
    /// <summary>What our views are keyed to.</summary>
    public const string TypeName = "LinuxKitHyperV.VirtualMachine";

    private HyperVHost? _host;
    private HyperVHost? _given;
    private string? _consolePipe;
    private IReadOnlyList<string>? _disks;

    private LinuxKitMachine(PSObject machine, string name, OwnershipMark? mark)
    {
        Object = machine;
        Name = name;
        Mark = mark;
    }

    /// <summary>Hyper-V's object.</summary>
    public PSObject Object { get; }

    /// <summary>What its notes say; null for a VM whose making was cut short.</summary>
    public OwnershipMark? Mark { get; }

    public string Name { get; }

    public Guid Id => Object.Id();

    public HyperVHost Host => _host ??= HyperVHost.Of(Object);

    /// <summary>What tells its host from others: a copy of a VM on another host, as replication makes them, has its id.</summary>
    public string HostName => Host.IsLocal ? string.Empty : Object.Text("ComputerName").ToUpperInvariant();

    /// <summary>The name by which its host's pipes are opened: the one that the user gave, here or for the session, since the VM itself knows no more than the NetBIOS name.</summary>
    public string PipeHost => Host.IsLocal ? "."
        : _given?.ComputerName is { Length: > 0 } name ? name
        : Host.CimSession?.Text("ComputerName") is { Length: > 0 } session ? session
        : Host.ComputerName is { Length: > 0 } known ? known
        : Object.Text("ComputerName");

    /// <summary>The pipe of its COM 1, or empty.</summary>
    public string ConsolePipe => _consolePipe ??= Object.ConsolePipe();

    /// <summary>A VM as ours, or null if this module did not make it.</summary>
    /// <param name="machine">Hyper-V's object.</param>
    /// <param name="given">The host as the user named it, where that is known.</param>
    public static LinuxKitMachine? From(PSObject machine, HyperVHost? given = null)
    {
        var mark = OwnershipMark.Read(machine.Text("Notes"));
        var name = machine.Name();
        return mark is not null || MachineName.IsUnfinished(name) ? new LinuxKitMachine(machine, name, mark) { _given = given } : null;
    }

    /// <summary>A VM that was just made, and of which all is known.</summary>
    public static LinuxKitMachine Made(PSObject machine, string name, OwnershipMark mark, HyperVHost host, string consolePipe, IReadOnlyList<string> disks) =>
        new(machine, name, mark) { _host = host, _consolePipe = consolePipe, _disks = disks };

    /// <summary>Adds our type name and properties. Only for objects that we fetched: what is added stays on the object for all who hold it.</summary>
    public PSObject Decorate()
    {
        if (!Object.TypeNames.Contains(TypeName))
        {
            Object.TypeNames.Insert(0, TypeName);
            Object.Properties.Add(new PSNoteProperty("Image", Mark?.Image));
            Object.Properties.Add(new PSNoteProperty("ConsolePipe", ConsolePipe));
            Object.Properties.Add(new PSNoteProperty("Disks", _disks ?? Object.DiskPaths()));
            Object.Properties.Add(new PSNoteProperty("Metadata", Mark?.Metadata));
            Object.Properties.Add(new PSNoteProperty("IsUnfinished", Mark is null));
        }

        return Object;
    }
}
