using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Machines;

/// <summary>The guest has an address by which it can be reached from more than its own link.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="askGuest">Gives what <see cref="GuestAddress.Command"/> prints in a guest; null for not to ask guests.</param>
/// <param name="stopping">Is canceled when the pipeline is stopped.</param>
internal sealed class IPAddressGoal(IHyperV hyperV, Func<LinuxKitMachine, string>? askGuest, CancellationToken stopping) : GuestGoal(stopping)
{
    // What is asked is typed on the console.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(5);

    private readonly AddressFinder _finder = new(hyperV, stopping);
    private readonly Dictionary<Guid, Deadline> _pauses = [];

    /// <inheritdoc/>
    public override string Description => "an IP address";

    /// <inheritdoc/>
    private protected override bool IsReachedByGuest(LinuxKitMachine machine) =>
        _finder.Find(machine.Object, MachineConsole.Find(machine), askGuest is null ? null : () => Ask(askGuest, machine))
            .Any(address => !GuestAddress.IsLinkLocal(address.IPAddress));

    private string Ask(Func<LinuxKitMachine, string> askGuest, LinuxKitMachine machine)
    {
        if (_pauses.TryGetValue(machine.Id, out var pause) && !pause.HasPassed)
        {
            return string.Empty;
        }

        try
        {
            return askGuest(machine);
        }
        catch (LinuxKitException)
        {
            // A guest that boots has no shell yet, and another source may know.
            return string.Empty;
        }
        finally
        {
            _pauses[machine.Id] = new Deadline(BetweenQuestions);
        }
    }
}
