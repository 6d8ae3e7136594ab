using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu;
using HyperV.Qemu.Engine;

namespace Microsoft.HyperV.PowerShell;

/// <content>An integration service, live.</content>
public sealed partial class VMIntegrationComponent
{
    /// <summary>The service that tells that the guest lives.</summary>
    internal const string Heartbeat = "84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47";

    /// <summary>The service that shuts the guest down.</summary>
    internal const string Shutdown = "9F8233AC-BE49-4C79-8EE3-E7E1985B2077";

    private static readonly (string Name, string Device, bool Enabled)[] Services =
    [
        ("Guest Service Interface", "6C09BB55-D683-4DA0-8931-C9BF705F6480", false),
        ("Heartbeat", Heartbeat, true),
        ("Key-Value Pair Exchange", "2A34B1C2-FD73-4043-8A5B-DD2159BC743F", true),
        ("Shutdown", Shutdown, true),
        ("Time Synchronization", "2497F4DE-E9FA-4204-80E4-4B75C46419C0", true),
        ("VSS", "5CED1297-4598-4915-A5FC-AD21BB4D02A4", true),
    ];

    private readonly string _device;
    private readonly bool _enabledByDefault;

    private VMIntegrationComponent(VirtualMachineBase owner, (string Name, string Device, bool Enabled) service)
    {
        Owner = owner;
        (Name, _device, _enabledByDefault) = service;
    }

    /// <summary>Whether the service may run.</summary>
    public bool Enabled => Owner.Definition.IntegrationServices.GetValueOrDefault(_device, _enabledByDefault);

    /// <summary>How it is.</summary>
    public VMIntegrationComponentOperationalStatus[] OperationalStatus
        => PrimaryOperationalStatus is { } status ? [status] : [];

    /// <summary>How it is.</summary>
    public VMIntegrationComponentOperationalStatus? PrimaryOperationalStatus => (Enabled, Machine.Machine.Status) switch
    {
        // A service that is off says OK; seen on Windows 11 25H2.
        (false, _) => VMIntegrationComponentOperationalStatus.Ok,
        (_, { Power: PowerState.Off }) => null,
        (_, { GuestContact: true }) => VMIntegrationComponentOperationalStatus.Ok,
        _ => VMIntegrationComponentOperationalStatus.NoContact,
    };

    /// <summary>How it is, in words.</summary>
    public string PrimaryStatusDescription => PrimaryOperationalStatus switch
    {
        VMIntegrationComponentOperationalStatus.Ok => "OK",
        VMIntegrationComponentOperationalStatus.NoContact => "No Contact",
        _ => string.Empty,
    };

    /// <summary>Always empty here.</summary>
    public string SecondaryStatusDescription => string.Empty;

    /// <summary>How it is, in words.</summary>
    public string[] StatusDescription => PrimaryStatusDescription is { Length: > 0 } text ? [text] : [];

    /// <summary>The name, which other languages spell otherwise.</summary>
    public string Name { get; }

    /// <summary>The id, which ends with the service's own.</summary>
    public string Id => ComponentId(_device);

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);

    /// <summary>A machine's services by name, with wildcards.</summary>
    /// <exception cref="VirtualizationException">There is none.</exception>
    internal static List<VMIntegrationComponent> ByName(VirtualMachine machine, IEnumerable<string> names)
    {
        var patterns = names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var found = machine.VMIntegrationService.FindAll(service => patterns.Exists(pattern => pattern.IsMatch(service.Name)));
        return found.Count > 0
            ? found
            : throw new VirtualizationException(ErrorIdentifier.ObjectNotFound, "Hyper-V was unable to find an integration service with the given name.");
    }

    /// <summary>Lets the service run, or not.</summary>
    internal void Enable(bool enabled) => Machine.Machine.Change(machine => machine.IntegrationServices[_device] = enabled);

    /// <summary>Whether a service may run in a machine.</summary>
    internal static bool IsEnabled(VirtualMachine machine, string device)
        => AllOf(machine).Exists(service => service._device == device && service.Enabled);

    internal static List<VMIntegrationComponent> AllOf(VirtualMachineBase owner)
        => [.. Services.Select(service => new VMIntegrationComponent(owner, service))];
}
