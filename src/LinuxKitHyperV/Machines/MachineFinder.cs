using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Finds VMs on a host.</summary>
internal sealed class MachineFinder
{
    private readonly IHyperV _hyperV;

    /// <summary>A finder that asks Hyper-V.</summary>
    public MachineFinder(IHyperV hyperV)
    {
        _hyperV = hyperV;
    }

    /// <summary>All VMs of a host that this module made.</summary>
    public IReadOnlyList<LinuxKitMachine> AllOurs(HyperVHost host) => Ours(Get(host, host.Call(HyperVCommand.GetVM), null));

    /// <summary>The VMs that have some names, or will have them when they are finished. One call, however many names.</summary>
    public IReadOnlyList<PSObject> Named(HyperVHost host, IEnumerable<string> names) =>
        Get(host, host.GetMachines([.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(ExactName.ToPattern), MachineName.UnfinishedPrefix + "*"]), null);

    /// <summary>A VM that the user holds, fetched anew from its own host: the object may be old, and is not ours to add to.</summary>
    /// <exception cref="LinuxKitException">VMNotFound, VMNotMadeByLinuxKitHyperV.</exception>
    public LinuxKitMachine Again(PSObject machine) => OursById(HyperVHost.Of(machine), machine.Id());

    /// <summary>The VM of that id, made by this module.</summary>
    /// <exception cref="LinuxKitException">VMNotFound, VMNotMadeByLinuxKitHyperV.</exception>
    public LinuxKitMachine OursById(HyperVHost host, Guid id)
    {
        var found = ById(host, id);
        return LinuxKitMachine.From(found) ?? throw NotOurs(found.Name());
    }

    /// <summary>The VMs that a name or a pattern names, made by this module.</summary>
    /// <remarks>A VM may be called what looks like a pattern: then it is meant, and no other.</remarks>
    /// <exception cref="LinuxKitException">VMNotFound, VMNotMadeByLinuxKitHyperV.</exception>
    public IReadOnlyList<LinuxKitMachine> Ours(HyperVHost host, string nameOrPattern)
    {
        var isPattern = NamePattern.IsPattern(nameOrPattern);
        var unescaped = NamePattern.Unescape(nameOrPattern);
        string[] patterns = [ExactName.ToPattern(nameOrPattern), isPattern ? nameOrPattern : ExactName.ToPattern(unescaped)];
        var found = Get(host, host.GetMachines([.. patterns.Distinct()]), nameOrPattern);

        // Hyper-V allows several VMs of a name.
        var named = Called(found, nameOrPattern);
        if (named.Count == 0 && isPattern)
        {
            return Ours(found);
        }

        if (named.Count == 0)
        {
            named = Called(found, unescaped);
        }

        var ours = Ours(named);
        return ours.Count > 0 ? ours : throw (named.Count > 0 ? NotOurs(named[0].Name()) : NotFound(nameOrPattern));
    }

    private static IReadOnlyList<PSObject> Called(IEnumerable<PSObject> machines, string name) =>
        [.. machines.Where(machine => machine.IsNamed(name))];

    private PSObject ById(HyperVHost host, Guid id)
    {
        var result = _hyperV.Invoke(host.GetMachine(id));
        if (result.FirstError is { } error && !HyperVErrors.IsNotFound(error))
        {
            throw HyperVErrors.Translate(error, Failure(host, id));
        }

        return result.Output.FirstOrDefault() ?? throw new LinuxKitException(
            "VMNotFound",
            FailureKind.ObjectNotFound,
            $"There is no VM with the id {id}.",
            id,
            "List the VMs that this module made with Get-LinuxKitVM.",
            result.FirstError?.Exception);
    }

    private static LinuxKitException NotOurs(string name) => new(
        "VMNotMadeByLinuxKitHyperV",
        FailureKind.InvalidOperation,
        $"The VM '{name}' was not made by this module.",
        name,
        "Use Hyper-V's own cmdlets on it.");

    private static LinuxKitException NotFound(string name) => new(
        "VMNotFound",
        FailureKind.ObjectNotFound,
        $"There is no VM named '{name}'.",
        name,
        "List the VMs that this module made with Get-LinuxKitVM.");

    private static IReadOnlyList<LinuxKitMachine> Ours(IEnumerable<PSObject> machines) =>
        [.. machines.Select(LinuxKitMachine.From).OfType<LinuxKitMachine>()];

    private IReadOnlyList<PSObject> Get(HyperVHost host, HyperVCall call, object? target) =>
        _hyperV.Invoke(call).OutputOr(Failure(host, target));

    private static CallFailure Failure(HyperVHost host, object? target) => new(
        "VMQueryFailed",
        "Hyper-V did not list its VMs.",
        target,
        string.Join(" ", Remedies(host)));

    private static IEnumerable<string> Remedies(HyperVHost host)
    {
        if (!host.IsLocal)
        {
            yield return HostRemedy.ReachHost;
        }

        if (host.Credential is not null)
        {
            yield return HostRemedy.CheckCredential;
        }

        yield return HostRemedy.StartService;
        yield return HostRemedy.Inspect;
    }
}
