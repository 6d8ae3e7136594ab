using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using System.Threading;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;
using Microsoft.Management.Infrastructure;

namespace HyperV.Qemu.Cmdlets;

/// <summary>What all cmdlets of the stand-in have in common: they never say yes to what they do not do.</summary>
public abstract class HyperVCmdlet : PSCmdlet, IDisposable
{
    /// <summary>Parameters that this class itself understands, or PowerShell does.</summary>
    private static readonly HashSet<string> Understood = new(
        [.. CommonParameters, .. OptionalCommonParameters, "ComputerName", "Credential", "CimSession"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What Hyper-V says, as a warning, where there is nothing to do.</summary>
    private protected const string AlreadyInState = "The virtual machine is already in the specified state.";

    private readonly CancellationTokenSource _stopping = new();
    private FaultPlan.Fault? _fault;
    private bool _faultReported;
    private List<VirtualizationHost>? _hosts;

    /// <summary>Ends when the pipeline is stopped.</summary>
    private protected CancellationToken Cancellation => _stopping.Token;

    /// <summary>The hosts that the cmdlet was pointed at; this computer where it was not.</summary>
    /// <exception cref="VirtualizationException">There is no such host, or the caller may do nothing there.</exception>
    private protected IReadOnlyList<VirtualizationHost> Hosts
    {
        get
        {
            _hosts ??= FindHosts();
            _hosts.ForEach(Breakdown.RequireManagementService);
            return _hosts;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        if (Refusal() is { } refusal)
        {
            ThrowTerminatingError(refusal.ToRecord());
        }

        _fault = FaultPlan.Next(MyInvocation.MyCommand.Name);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (_fault is { After: false, Vanishes: false })
        {
            ReportFault();
            return;
        }

        // Each record may name its own.
        _hosts = null;
        Guard(() =>
        {
            Delays.Wait(MyInvocation.MyCommand.Name, Cancellation);
            Process();
        });
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (_fault is { After: true })
        {
            ReportFault();
        }
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Does the cmdlet's work for one record of the pipeline.</summary>
    private protected virtual void Process() => throw new NotSupportedException(MyInvocation.MyCommand.Name);

    /// <summary>Whether a parameter was given.</summary>
    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Reports a Hyper-V error as the non-terminating error that it is.</summary>
    private protected void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (VirtualizationException exception)
        {
            WriteError(exception.ToRecord());
        }
        catch (IOException exception)
        {
            WriteError(new VirtualizationException(ErrorIdentifier.OperationFailed, exception.Message, innerException: exception).ToRecord());
        }
        catch (OperationCanceledException exception) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException(MyInvocation.MyCommand.Name, exception);
        }
    }

    /// <summary>Does something for each machine, by name or as given; an error of one does not keep the others from it.</summary>
    private protected void ForEachMachine(IEnumerable<string>? names, IEnumerable<VirtualMachine>? machines, Action<VirtualMachine> work)
    {
        foreach (var machine in machines ?? FindMachines(names ?? []))
        {
            Guard(() =>
            {
                Enter(machine);
                work(machine);
            });
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
            Guard(() =>
            {
                Enter(part.Machine);
                work(part);
            });
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
            Guard(() => work(snapshot));
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
        foreach (var host in _hosts ??= FindHosts())
        {
            // Without the management service each name is missed as well: one error says why, the others which.
            var all = new List<MachineDefinition>();
            Guard(() =>
            {
                Breakdown.RequireManagementService(host);
                all.AddRange(Definitions(host));
            });
            foreach (var name in names)
            {
                var pattern = Wildcard(name);
                var matches = all.FindAll(definition => pattern.IsMatch(definition.Name));
                if (matches.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    WriteError(Errors.MachineNotFound(name, notFound).ToRecord());
                }

                found.AddRange(matches.Select(definition => new VirtualMachine(new Machine(host, definition))));
            }
        }

        return found;
    }

    /// <summary>All machines of a host.</summary>
    private protected static IEnumerable<VirtualMachine> AllMachines(VirtualizationHost host)
        => Definitions(host).Select(definition => new VirtualMachine(new Machine(host, definition)));

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

    /// <summary>Asks by itself, whatever -Confirm says; a host that cannot ask makes it an error.</summary>
    private protected bool Ask(string query, string caption)
    {
        try
        {
            return ShouldContinue(query, caption);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HostException)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidOperation, exception.Message, innerException: exception);
        }
    }

    /// <summary>Writes an object, or a copy where the compatibility layer is to be played.</summary>
    private protected new void WriteObject(object? value)
        => base.WriteObject(value is not null && CompatibilityLayer.IsOn ? CompatibilityLayer.Copy(value) : value);

    /// <summary>Writes objects, each as <see cref="WriteObject(object?)"/> does.</summary>
    private protected void WriteObjects(IEnumerable<object> values)
    {
        foreach (var value in values)
        {
            WriteObject(value);
        }
    }

    /// <summary>Writes what was worked on, where that was asked for.</summary>
    private protected void WritePassthru(SwitchParameter passthru, object value)
    {
        if (passthru)
        {
            WriteObject(value);
        }
    }

    /// <summary>A path as Hyper-V keeps it: absolute, from PowerShell's current location.</summary>
    private protected string Absolute(string path) => GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>What comes before the work on a machine.</summary>
    private void Enter(VirtualMachine machine)
    {
        Permissions.Check(machine.Host, credential: null);
        Breakdown.RequireManagementService(machine.Host);
        if (_fault is { Vanishes: true })
        {
            machine.Machine.Vanish();
        }
    }

    private VirtualizationException? Refusal()
    {
        if (GetType().GetCustomAttribute<ImplementsAttribute>() is not { } implemented)
        {
            return Errors.NotSupportedByStandIn(MyInvocation.MyCommand.Name);
        }

        var missing = MyInvocation.BoundParameters
            .Where(bound => !Understood.Contains(bound.Key) && !implemented.Parameters.Contains(bound.Key))
            .Where(bound => bound.Value is not SwitchParameter { IsPresent: false })
            .Select(bound => $"-{bound.Key}")
            .ToList();
        return missing.Count == 0
            ? null
            : Errors.NotSupportedByStandIn($"{MyInvocation.MyCommand.Name} {string.Join(", ", missing)}");
    }

    private static IEnumerable<MachineDefinition> Definitions(VirtualizationHost host)
        => host.Store.MachineIds()
            .Select(host.Store.Read)
            .OfType<MachineDefinition>()
            .OrderBy(definition => definition.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(definition => definition.CreationTime);

    private List<VirtualizationHost> FindHosts()
    {
        if (MyInvocation.BoundParameters.GetValueOrDefault("CimSession") is CimSession[] sessions)
        {
            var held = sessions.Select(HostSessions.HostOf).ToList();
            held.ForEach(host => Permissions.Check(host, credential: null));
            return held;
        }

        var names = MyInvocation.BoundParameters.GetValueOrDefault("ComputerName") as string[] ?? ["."];
        var credentials = MyInvocation.BoundParameters.GetValueOrDefault("Credential") as PSCredential[];
        var hosts = new List<VirtualizationHost>();
        foreach (var (index, name) in names.Index())
        {
            var host = VirtualizationHost.Named(name);
            Permissions.Check(host, credentials?[Math.Min(index, credentials.Length - 1)]);
            hosts.Add(host);
        }

        return hosts;
    }

    private void ReportFault()
    {
        if (!_faultReported)
        {
            _faultReported = true;
            var identifier = _fault!.Identifier;
            WriteError(new VirtualizationException(identifier, $"{MyInvocation.MyCommand.Name} failed as {FaultPlan.Variable} asked for: {identifier}.").ToRecord());
        }
    }
}
