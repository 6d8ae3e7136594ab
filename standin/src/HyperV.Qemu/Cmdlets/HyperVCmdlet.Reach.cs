using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using Microsoft.HyperV.PowerShell;
using Microsoft.Management.Infrastructure;

namespace HyperV.Qemu.Cmdlets;

/// <content>
/// How a cmdlet reaches hosts. Before a record is processed, each object that was given is reached, or else the hosts that were named:
/// no cmdlet can forget to ask whether a host is there, lets the caller in, and has its management service running.
/// </content>
public abstract partial class HyperVCmdlet
{
    private List<VirtualizationHost>? _namedHosts;

    /// <summary>The hosts that the cmdlet was pointed at, this computer where it was not; each can be worked on.</summary>
    /// <exception cref="VirtualizationException">One of them cannot be reached.</exception>
    private protected IReadOnlyList<VirtualizationHost> Hosts
    {
        get
        {
            NamedHosts.ForEach(Breakdown.RequireManagementService);
            return NamedHosts;
        }
    }

    /// <summary>The same hosts, whether or not their management services run.</summary>
    private List<VirtualizationHost> NamedHosts => _namedHosts ??= FindHosts();

    /// <summary>Reaches a host that is neither an object's nor the one that the cmdlet was pointed at.</summary>
    /// <exception cref="VirtualizationException">It is not there, does not let the caller in, or has no management service.</exception>
    private protected static VirtualizationHost Reach(string computerName)
    {
        var host = VirtualizationHost.Named(computerName);
        Permissions.Check(host, credential: null);
        Breakdown.RequireManagementService(host);
        return host;
    }

    /// <summary>Reaches an object on its host.</summary>
    /// <exception cref="VirtualizationException">The host cannot be reached, or the object is gone.</exception>
    private protected void Reach(VirtualizationObject target)
    {
        Reach(target.Host.Name);
        RequireParameters(target.Host);
        RequirePresent(target);
    }

    /// <summary>Refuses an object that is gone, as it may be where it is to vanish under the call.</summary>
    /// <exception cref="VirtualizationException">It is gone.</exception>
    private protected void RequirePresent(VirtualizationObject target)
    {
        if (_fault is { Vanishes: true })
        {
            target.OwningMachine?.Machine.Vanish();
        }

        if (target.IsDeleted)
        {
            throw Errors.NotAccessible(target.Host);
        }
    }

    /// <summary>Reaches an object on its host; that it cannot be reached is written as an error.</summary>
    private bool Reaches(VirtualizationObject target)
    {
        var reached = false;
        Guard(() =>
        {
            Reach(target);
            reached = true;
        });
        return reached;
    }

    /// <summary>Reaches what the record is for.</summary>
    /// <returns>Whether there is anything left to work on.</returns>
    private bool ReachTargets()
    {
        _namedHosts = null;
        var given = MyInvocation.BoundParameters.Where(bound => bound.Value is VirtualizationObject or VirtualizationObject[]).ToList();
        if (given.Count == 0)
        {
            _ = NamedHosts;
        }

        return given.TrueForAll(parameter => parameter.Value is VirtualizationObject target
            ? Reaches(target)
            : LeavesSome(parameter.Key, (VirtualizationObject[])parameter.Value));
    }

    /// <summary>Leaves out those that cannot be reached, where each is worked on for itself; an argument such as a boot order is one thing.</summary>
    private bool LeavesSome(string parameter, VirtualizationObject[] targets)
    {
        var reached = Array.FindAll(targets, Reaches);
        if (reached.Length == targets.Length)
        {
            return true;
        }

        var isForEach = MyInvocation.MyCommand.Parameters[parameter].ParameterSets.Values.Any(set => set.ValueFromPipeline);
        var left = Array.CreateInstance(targets.GetType().GetElementType()!, reached.Length);
        reached.CopyTo(left, 0);
        GetType().GetProperty(parameter)!.SetValue(this, left);
        return isForEach && reached.Length > 0;
    }

    /// <summary>Refuses parameters that a host's Windows does not have. What Hyper-V says there is not established.</summary>
    /// <exception cref="VirtualizationException">One was given.</exception>
    private void RequireParameters(VirtualizationHost host)
    {
        if (host.IsServer2016 && MyInvocation.BoundParameters.Keys.FirstOrDefault(IsAfterServer2016) is { } parameter)
        {
            throw new VirtualizationException(ErrorIdentifier.NotSupported, $"The computer '{host.Name}' does not support the parameter {parameter}.");
        }
    }

    private bool IsAfterServer2016(string parameter) => MyInvocation.MyCommand.Parameters[parameter].Attributes.Any(attribute => attribute is AfterServer2016Attribute);

    private List<VirtualizationHost> FindHosts()
    {
        if (MyInvocation.BoundParameters.GetValueOrDefault("CimSession") is CimSession[] sessions)
        {
            var held = sessions.Select(HostSessions.HostOf).ToList();
            held.ForEach(host => Permissions.Check(host, credential: null));
            held.ForEach(RequireParameters);
            return held;
        }

        var names = MyInvocation.BoundParameters.GetValueOrDefault("ComputerName") as string[] ?? ["."];
        var credentials = MyInvocation.BoundParameters.GetValueOrDefault("Credential") as PSCredential[];
        var hosts = new List<VirtualizationHost>();
        foreach (var (index, name) in names.Index())
        {
            var host = VirtualizationHost.Named(name);
            Permissions.Check(host, credentials?[Math.Min(index, credentials.Length - 1)]);
            RequireParameters(host);
            hosts.Add(host);
        }

        return hosts;
    }
}
