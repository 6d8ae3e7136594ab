using System.Linq;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Machines;

/// <summary>The guest has an address by which it can be reached from more than its own link.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class IPAddressGoal(IHyperV hyperV, CancellationToken stopping) : GuestGoal(stopping)
{
    private readonly AddressFinder _finder = new(hyperV, stopping);

    /// <inheritdoc/>
    public override string Description => "an IP address";

    /// <inheritdoc/>
    private protected override bool IsReachedByGuest(LinuxKitMachine machine) =>
        _finder.Find(machine.Object, MachineConsole.Find(machine), askGuest: null).Any(address => !GuestAddress.IsLinkLocal(address.IPAddress));
}
