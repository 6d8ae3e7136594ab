using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Guests;

/// <summary>Finds the addresses of guests. It asks one source after the other, and no dearer one once each adapter has an address.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="question">Asks the guest; null for not to ask.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class AddressFinder(IHyperV hyperV, IGuestQuestion? question, CancellationToken stopping)
{
    // What the Default Switch's name server does not know it asks others about.
    private static readonly TimeSpan NameServerPatience = TimeSpan.FromSeconds(3);

    // Those that may be a guest's, the surest first: who has answered lately, who is asked again, who has not been heard of since, what was entered once and for all.
    private static readonly string[] NeighborStates = ["Reachable", "Delay", "Probe", "Stale", "Permanent"];

    private readonly Dictionary<ConsoleCapture, ConsoleAddresses> _consoles = [];

    /// <summary>Looks a host name up.</summary>
    public Func<string, Task<IPAddress[]>> LookUp { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>A VM's addresses, those that are good for most first; none where no source knows any.</summary>
    /// <exception cref="LinuxKitException">NetworkQueryFailed; VMHasNoNetwork; or what the question throws.</exception>
    public IReadOnlyList<LinuxKitIPAddress> Find(LinuxKitMachine machine)
    {
        var adapters = Adapters(machine);
        var found = new List<LinuxKitIPAddress>();
        foreach (var (source, ask) in Sources(machine, adapters))
        {
            foreach (var address in ask())
            {
                Add(found, machine, adapters, source, address);
            }

            // An address without an adapter may be any one's.
            if (found.Any(address => address.MacAddress is null && !GuestAddress.IsLinkLocal(address.IPAddress)) ||
                adapters.All(adapter => found.Any(address => address.MacAddress == adapter.MacAddress() && !GuestAddress.IsLinkLocal(address.IPAddress))))
            {
                break;
            }
        }

        return [.. found.OrderBy(address => GuestAddress.Rank(address.IPAddress))];
    }

    private IReadOnlyList<PSObject> Adapters(LinuxKitMachine machine)
    {
        var adapters = hyperV.Invoke(new HyperVCall(HyperVCommand.GetVMNetworkAdapter) { { "VM", machine.Object } }).OutputOr(new CallFailure(
            "NetworkQueryFailed",
            $"Hyper-V did not list the network adapters of the VM '{machine.Name}'.",
            machine.Name,
            "Look at the VM with Get-VM, and try again."));
        var connected = adapters.Where(adapter => adapter.Text("SwitchName").Length > 0).ToList();
        return connected.Count > 0
            ? connected
            : throw new LinuxKitException(
                "VMHasNoNetwork",
                FailureKind.InvalidOperation,
                $"The VM '{machine.Name}' is connected to no switch, and its guest can have no address.",
                machine.Name,
                $"Connect it with Connect-VMNetworkAdapter -VMName '{machine.Name}' -SwitchName NAME; one without an adapter gets one by Add-VMNetworkAdapter.");
    }

    private IEnumerable<(LinuxKitAddressSource Source, Func<IEnumerable<GuestAddress>> Ask)> Sources(
        LinuxKitMachine machine,
        IReadOnlyList<PSObject> adapters)
    {
        yield return (LinuxKitAddressSource.HyperV, () => adapters.SelectMany(FromHyperV));
        yield return (LinuxKitAddressSource.Neighbor, () => FromNeighbors(machine.Host, adapters));
        if (machine.Host.IsLocal && adapters.Any(IsOnDefaultSwitch))
        {
            yield return (LinuxKitAddressSource.HostName, () => FromNameServer(machine.Name, adapters));
        }

        if (MachineConsole.Find(machine) is { } capture)
        {
            yield return (LinuxKitAddressSource.ConsoleText, () => FromConsole(capture));
        }

        if (question is not null)
        {
            yield return (LinuxKitAddressSource.ConsoleCommand, () => FromGuest(question.Ask(machine), adapters));
        }
    }

    private static IEnumerable<GuestAddress> FromHyperV(PSObject adapter) => adapter.Properties["IPAddresses"]?.Value is IEnumerable addresses
        ? addresses.Cast<object>().Select(address => GuestAddress.Parse(address.ToString(), adapter.MacAddress())).OfType<GuestAddress>()
        : [];

    private IEnumerable<GuestAddress> FromNeighbors(HyperVHost host, IReadOnlyList<PSObject> adapters)
    {
        var addresses = adapters.Select(HyperVObject.MacAddress).Where(address => address.Length > 0).ToList();
        if (addresses.Count == 0 || (!host.IsLocal && host.CimSession is null))
        {
            return [];
        }

        var call = new HyperVCall(HyperVCommand.GetNetNeighbor) { { "LinkLayerAddress", addresses.Select(WithHyphens).ToArray() } };
        if (host.CimSession is not null)
        {
            call.Add("CimSession", host.CimSession);
        }

        // Where the cmdlet is missing, or knows none, the next source is asked.
        var neighbors = hyperV.Invoke(call).Output
            .Where(neighbor => neighbor.Text("State") is not ("Unreachable" or "Incomplete"))
            .Select(neighbor => (Certainty: Array.FindIndex(NeighborStates, state => state.Equals(neighbor.Text("State"), StringComparison.OrdinalIgnoreCase)), Address: GuestAddress.Parse(neighbor.Text("IPAddress"), Digits(neighbor.Text("LinkLayerAddress")))!))
            .Where(neighbor => neighbor.Address is not null)
            .OrderBy(neighbor => neighbor.Certainty < 0 ? NeighborStates.Length : neighbor.Certainty)
            .ToList();
        return neighbors
            .Where(neighbor => neighbor.Address.Address.AddressFamily != AddressFamily.InterNetwork ||
                !adapters.Any(adapter => IsOnDefaultSwitch(adapter) && adapter.MacAddress() == neighbor.Address.MacAddress) ||
                neighbor.Certainty == neighbors.First(other => IsSameGuests(other.Address, neighbor.Address)).Certainty)
            .Select(neighbor => neighbor.Address);

        // The Default Switch leases another address after each restart of the host, and what Windows knows of the earlier ones stays.
        static bool IsSameGuests(GuestAddress one, GuestAddress other) => one.MacAddress == other.MacAddress && one.Address.AddressFamily == other.Address.AddressFamily;
    }

    /// <remarks>A guest that was given no host name is linuxkit-00155d010203; one that was may have the VM's name.</remarks>
    private IEnumerable<GuestAddress> FromNameServer(string machineName, IReadOnlyList<PSObject> adapters)
    {
        var deadline = new Deadline(NameServerPatience);
        var names = new List<(string Name, string? MacAddress)>();
        names.AddRange(adapters.Where(IsOnDefaultSwitch).Select(adapter => ($"linuxkit-{adapter.MacAddress().ToLowerInvariant()}", (string?)adapter.MacAddress())));
        names.Add((machineName, null));

        // All are asked at once.
        var answers = names.ConvertAll(name => LookUp($"{name.Name}.mshome.net"));
        return names.SelectMany((name, index) =>
            Answers(answers[index], deadline).Select(address => GuestAddress.Parse(address.ToString(), name.MacAddress)).OfType<GuestAddress>());
    }

    private IEnumerable<IPAddress> Answers(Task<IPAddress[]> lookUp, Deadline deadline)
    {
        try
        {
            return lookUp.Wait((int)deadline.Limit(NameServerPatience).TotalMilliseconds, stopping) ? lookUp.Result : [];
        }
        catch (AggregateException exception) when (exception.InnerException is SocketException or ArgumentException)
        {
            // No such host; or a VM's name that no host can have.
            return [];
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private IEnumerable<GuestAddress> FromConsole(ConsoleCapture capture)
    {
        if (!_consoles.TryGetValue(capture, out var console))
        {
            console = new ConsoleAddresses(capture);
            _consoles.Add(capture, console);
        }

        return console.Look();
    }

    /// <remarks>A guest may have interfaces of its own, such as bridges of containers: they are nobody's way to it.</remarks>
    private static IEnumerable<GuestAddress> FromGuest(string answer, IReadOnlyList<PSObject> adapters) =>
        GuestAddress.InOutput(answer).Where(address => adapters.Any(adapter => adapter.MacAddress() == address.MacAddress));

    private static void Add(List<LinuxKitIPAddress> found, LinuxKitMachine machine, IReadOnlyList<PSObject> adapters, LinuxKitAddressSource source, GuestAddress address)
    {
        if (found.All(known => !known.IPAddress.Equals(address.Address)))
        {
            var adapter = adapters.FirstOrDefault(candidate => candidate.MacAddress() == address.MacAddress);
            found.Add(new LinuxKitIPAddress(machine.Name, machine.Id, address.Address, source, address.MacAddress, adapter?.Text("SwitchName")));
        }
    }

    private static bool IsOnDefaultSwitch(PSObject adapter) =>
        adapter.Text("SwitchId").Equals(SwitchChooser.DefaultSwitchId.ToString(), StringComparison.OrdinalIgnoreCase);

    // Windows writes 00-15-5D-01-02-03.
    private static string WithHyphens(string digits) => string.Join("-", Enumerable.Range(0, digits.Length / 2).Select(index => digits.Substring(index * 2, 2)));

    private static string Digits(string address) => address.Replace("-", string.Empty).Replace(":", string.Empty).ToUpperInvariant();
}
