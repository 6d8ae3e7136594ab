using System.Collections.Generic;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Networking;

namespace LinuxKitHyperV.Guests;

/// <summary>The addresses that a guest has told on its console since it last booted. Each look reads on where the last one ended.</summary>
/// <param name="capture">The console.</param>
internal sealed class ConsoleAddresses(ConsoleCapture capture)
{
    private readonly ConsoleLineReader _reader = new(capture.Options.VMName, capture.ReadFromStart());
    private readonly List<GuestAddress> _addresses = [];
    private int _bootNumber;

    /// <summary>What has been told so far.</summary>
    public IReadOnlyList<GuestAddress> Look()
    {
        while (_reader.TryRead(out var line))
        {
            if (line.BootNumber != _bootNumber)
            {
                _bootNumber = line.BootNumber;
                _addresses.Clear();
            }

            _addresses.AddRange(GuestAddress.InLine(line.Text));
        }

        return _addresses;
    }
}
