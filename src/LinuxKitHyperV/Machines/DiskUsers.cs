using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Which VMs of a host have which disks. A cmdlet asks once for all that it does: on a busy host it takes seconds.</summary>
internal sealed class DiskUsers(IHyperV hyperV)
{
    // While somebody is asked, others may attach disks.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (Deadline Age, HyperVResult Machines)> _hosts = [];
    private readonly HashSet<Guid> _gone = [];
    private readonly Dictionary<string, string> _places = [];

    /// <summary>Hyper-V.</summary>
    public IHyperV HyperV => hyperV;

    /// <summary>Notes that a VM has been removed.</summary>
    public void Forget(Guid machineId) => _gone.Add(machineId);

    /// <summary>Has the next question ask Hyper-V: time has passed in which others may have attached disks.</summary>
    public void Renew()
    {
        _hosts.Clear();
        _places.Clear();
    }

    /// <summary>Why a disk is left to others: another VM than its own has it, or may have it; null where none does.</summary>
    public string? ReasonToKeep(LinuxKitMachine machine, string disk)
    {
        var found = Machines(machine.Host, machine.HostName);
        return found.FirstError is { } error
            ? $"Hyper-V did not list its VMs, and another one may have it. {error.Exception.Message}"
            : With(found.Output.Where(other => other.Id() != machine.Id), machine.Host, disk) is { } user ? $"the VM '{user}' has it too." : null;
    }

    /// <summary>The name of a VM of this computer that is on and has a disk; null where there is none.</summary>
    /// <exception cref="LinuxKitException">VMQueryFailed.</exception>
    public string? RunningWith(string disk) => With(
        Machines(HyperVHost.Local, string.Empty)
            .OutputOr(new CallFailure("VMQueryFailed", $"Which VM uses the disk '{disk}' could not be found out.", disk, HostRemedy.Inspect))
            .Where(machine => !machine.IsAtRest()),
        HyperVHost.Local,
        disk);

    private string? With(IEnumerable<PSObject> machines, HyperVHost host, string disk)
    {
        var comparer = host.IsLocal && RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        return machines.FirstOrDefault(machine => !_gone.Contains(machine.Id()) && machine.DiskPaths().Any(IsIt))?.Name();

        bool IsIt(string path) => comparer.Equals(path, disk) || (host.IsLocal && path.Length > 0 && comparer.Equals(Place(path), Place(disk)));
    }

    private string Place(string path)
    {
        if (!_places.TryGetValue(path, out var place))
        {
            place = FilePlace.Of(path).Path;
            _places.Add(path, place);
        }

        return place;
    }

    private HyperVResult Machines(HyperVHost host, string hostName)
    {
        if (!_hosts.TryGetValue(hostName, out var known) || known.Age.HasPassed)
        {
            known = (new Deadline(Lifetime), hyperV.Invoke(host.Call(HyperVCommand.GetVM)));
            _hosts[hostName] = known;
            _places.Clear();
        }

        return known.Machines;
    }
}
