using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Cmdlets;

/// <content>What a cmdlet works on: machines and their parts, switches.</content>
public abstract partial class HyperVCmdlet
{
    /// <summary>Does something for each machine, by name or as given; an error of one does not keep the others from it.</summary>
    private protected void ForEachMachine(IEnumerable<string>? names, IEnumerable<VirtualMachine>? machines, Action<VirtualMachine> work)
    {
        foreach (var machine in machines ?? FindMachines(names ?? []))
        {
            Guard(() => work(machine));
        }
    }

    /// <summary>Does something for each part as given, or else for each that is found in machines.</summary>
    private protected void ForEachPart<T>(
        IEnumerable<T>? parts,
        IEnumerable<string>? names,
        IEnumerable<VirtualMachine>? machines,
        Func<VirtualMachine, IEnumerable<T>> find,
        Action<T> work)
        where T : VMComponentObject
    {
        if (parts is null)
        {
            ForEachMachine(names, machines, machine => find(machine).ToList().ForEach(part => Guard(() => work(part))));
            return;
        }

        foreach (var part in parts)
        {
            Guard(() => work(part));
        }
    }

    /// <summary>Does something for each machine, or for the checkpoint that was given.</summary>
    private protected void ForEachOwner(
        IEnumerable<string>? names,
        IEnumerable<VirtualMachine>? machines,
        VMSnapshot? snapshot,
        Action<VirtualMachineBase> work)
    {
        if (snapshot is not null)
        {
            work(snapshot);
        }
        else
        {
            ForEachMachine(names, machines, work);
        }
    }

    /// <summary>Finds machines by name; each name that is no wildcard and finds nothing is an error.</summary>
    private protected List<VirtualMachine> FindMachines(
        IEnumerable<string> names,
        ErrorIdentifier notFound = ErrorIdentifier.ObjectNotFound)
    {
        var found = new List<VirtualMachine>();
        foreach (var host in NamedHosts)
        {
            // Without the management service each name is missed as well: one error says why, the others which.
            var all = new List<VirtualMachine>();
            Guard(() =>
            {
                Breakdown.RequireManagementService(host);
                all.AddRange(AllMachines(host));
            });
            foreach (var name in names)
            {
                var pattern = Wildcard(name);
                var matches = all.FindAll(machine => pattern.IsMatch(machine.Name));
                if (matches.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    WriteError(Errors.MachineNotFound(name, notFound).ToRecord());
                }

                // They have just been seen: that they are still there is asked only where they are to vanish.
                found.AddRange(_fault is { Vanishes: true } ? matches.Where(Reaches) : matches);
            }
        }

        return found;
    }

    /// <summary>Finds a machine on a host by its id.</summary>
    /// <exception cref="VirtualizationException">There is none, or it has just gone.</exception>
    private protected VirtualMachine FindMachine(VirtualizationHost host, Guid id)
    {
        var definition = host.Store.Read(id) ?? throw Errors.MachineNotFound(id);
        var machine = new VirtualMachine(new Machine(host, definition));
        RequirePresent(machine);
        return machine;
    }

    /// <summary>All machines of a host.</summary>
    private protected static IEnumerable<VirtualMachine> AllMachines(VirtualizationHost host)
        => host.Store.MachineIds()
            .Select(host.Store.Read)
            .OfType<MachineDefinition>()
            .OrderBy(definition => definition.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(definition => definition.CreationTime)
            .Select(definition => new VirtualMachine(new Machine(host, definition)));

    /// <summary>Refuses a disk that is mounted, or that a machine has open.</summary>
    private protected void RequireDetached(string path)
    {
        if (Hosts.Any(host => DiskUse.IsAttached(host, path)))
        {
            throw Errors.DiskInUse();
        }
    }

    /// <summary>A name's pattern; without a name, everything.</summary>
    private protected static WildcardPattern Wildcard(string? name) => WildcardPattern.Get(name ?? "*", WildcardOptions.IgnoreCase);

    /// <summary>Finds switches by name; each name that is no wildcard and finds nothing is an error.</summary>
    private protected IReadOnlyList<VMSwitch> FindSwitches(string[] names)
    {
        var found = new List<VMSwitch>();
        foreach (var host in Hosts)
        {
            foreach (var name in names)
            {
                var pattern = Wildcard(name);
                var matches = host.Store.Settings.Switches.FindAll(candidate => pattern.IsMatch(candidate.Name));
                if (matches.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    WriteError(Errors.SwitchNotFound(name).ToRecord());
                }

                found.AddRange(matches.Select(definition => new VMSwitch(host, definition)));
            }
        }

        return found;
    }

    /// <summary>Finds a switch by its name, in which wildcards stand for themselves.</summary>
    private protected static SwitchDefinition FindSwitch(VirtualizationHost host, string name)
        => host.Store.Settings.Switches.Find(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw Errors.SwitchNotFound(name);
}
