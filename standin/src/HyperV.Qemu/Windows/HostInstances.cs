using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Hosts;
using Microsoft.Management.Infrastructure;

namespace HyperV.Qemu.Windows;

/// <summary>What Windows would tell of a host: the properties that are asked for, and no others.</summary>
public static class HostInstances
{
    /// <summary>The instances of a class on some hosts.</summary>
    /// <remarks>Windows answers whoever asks: the rights that the controls take away are Hyper-V's.</remarks>
    /// <param name="className">The class.</param>
    /// <param name="filter">Which of them, as in <c>Name='vmms'</c>; empty for all.</param>
    /// <param name="computerNames">The hosts.</param>
    /// <param name="sessions">Sessions that objects of the stand-in hold, instead of names of hosts; empty for none.</param>
    /// <exception cref="Microsoft.HyperV.PowerShell.VirtualizationException">A host is not there, or the filter is of another form.</exception>
    public static IReadOnlyList<PSObject> Find(string className, string filter, IReadOnlyList<string> computerNames, IReadOnlyList<CimSession> sessions)
    {
        var hosts = sessions.Count > 0 ? sessions.Select(HostSessions.HostOf) : computerNames.Select(VirtualizationHost.Named);
        return [.. hosts.SelectMany(host => Of(host, className)).Where(instance => Has(instance, filter))];
    }

    private static bool Has(PSObject instance, string filter) => filter.Split('=', 2) switch
    {
        [""] => true,
        [var property, ['\'', .. var value, '\'']] => value.Equals(instance.Properties[property]?.Value as string, StringComparison.OrdinalIgnoreCase),
        _ => throw Errors.NotSupportedByStandIn($"the filter {filter}"),
    };

    /// <summary>The instances of a class; none of a class that nobody asks for.</summary>
    private static IEnumerable<PSObject> Of(VirtualizationHost host, string className) => className switch
    {
        "Win32_ComputerSystem" =>
        [
            Instance(
                className,
                ("Name", host.Name),
                ("Manufacturer", NestedHost.IsOn ? "Microsoft Corporation" : "Stand-in"),
                ("Model", NestedHost.IsOn ? "Virtual Machine" : "Computer"),
                ("HypervisorPresent", NestedHost.SeesOuterHypervisor || !Breakdown.LacksHypervisor(host))),
        ],
        "Win32_OperatingSystem" => [Instance(className, ("FreePhysicalMemory", (ulong)(FreeMemory(host) >> 10)))],
        "Win32_LogicalDisk" => [Instance(className, ("DeviceID", Path.GetPathRoot(host.Store.Folder)!.TrimEnd('\\')), ("FreeSpace", (ulong)FreeSpace(host)))],
        "Win32_Service" when !Breakdown.LacksManagementService(host) =>
        [
            Instance(className, ("Name", "vmms"), ("State", Breakdown.HasStoppedManagementService(host) ? "Stopped" : "Running")),
        ],
        _ => [],
    };

    private static long FreeMemory(VirtualizationHost host) => Breakdown.LacksMemory(host)
        ? 0
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - host.Store.MachineIds().Sum(id => host.Engine.Query(host.Store.RuntimeFolder(id)).MemoryAssignedBytes);

    private static long FreeSpace(VirtualizationHost host) => Breakdown.LacksDiskSpace(host) ? 0 : new DriveInfo(host.Store.Folder).AvailableFreeSpace;

    private static PSObject Instance(string className, params (string Name, object Value)[] properties)
    {
        var instance = new PSObject();
        instance.TypeNames.Insert(0, $"Microsoft.Management.Infrastructure.CimInstance#root/cimv2/{className}");
        foreach (var (name, value) in properties)
        {
            instance.Properties.Add(new PSNoteProperty(name, value));
        }

        return instance;
    }
}
