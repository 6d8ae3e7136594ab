using System;
using HyperV.Qemu;
using HyperV.Qemu.Cmdlets;

namespace Microsoft.HyperV.PowerShell.Commands;

/// <content>Connects serial ports to pipes.</content>
[Implements(nameof(VMName), nameof(VM), nameof(VMComPort), nameof(Number), nameof(Path), nameof(Passthru))]
public partial class SetVMComPort
{
    private protected override void Process()
        => ForEachPart(VMComPort, VMName, VM, machine => [Number == 1 ? machine.ComPort1 : machine.ComPort2], Set);

    private void Set(VMComPort port)
    {
        if (!ShouldProcess(port.ToString()))
        {
            return;
        }

        if (IsBound(nameof(Path)))
        {
            var path = CheckedPath(port);
            // A machine opens its pipes when it starts: one that runs goes on with those that it has.
            port.Machine.Machine.ChangeLive("failed to modify device.", definition => definition.ComPorts[port.Number - 1] = path, () => { });
        }

        WritePassthru(Passthru, port);
    }

    /// <summary>A pipe of this computer, or nothing.</summary>
    private string CheckedPath(VMComPort port)
    {
        var path = Path ?? string.Empty;
        string[] parts = path.Split('\\');
        var isPipe = parts is ["", "", { Length: > 0 }, var kind, { Length: > 0 }] && kind.Equals("pipe", StringComparison.OrdinalIgnoreCase);
        return path.Length == 0 || isPipe
            ? path
            : throw Errors.InvalidDeviceValue(port.Name, $"'{path}' is not the path of a named pipe.");
    }
}
