using System.Linq;
using System.Management.Automation;
using System.Text;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Types into VMs' consoles.</summary>
[Cmdlet(VerbsCommunications.Send, "LinuxKitConsole", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SendLinuxKitConsoleCommand : MachineCommand
{
    // A Linux terminal holds 4096 bytes that nobody has read yet, and drops what comes on top. A serial line of
    // 115200 baud, which guests are made for, carries as much as this.
    private const int BytesPerSecond = 11520;

    /// <summary>The text to type; Enter follows each of several.</summary>
    [Parameter(Position = 1, ParameterSetName = NameSet)]
    [Parameter(Position = 1, ParameterSetName = MachineSet)]
    [Parameter(Position = 0, ParameterSetName = IdSet)]
    [AllowEmptyString]
    public string[] Text { get; set; } = [];

    /// <summary>Does not press Enter after the text.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Keys to press after the text.</summary>
    [Parameter]
    public LinuxKitConsoleKey[] Key { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (Text.Length == 0 && Key.Length == 0)
        {
            throw new LinuxKitException(
                "NothingToSend",
                FailureKind.InvalidArgument,
                "There is neither text nor a key to send.",
                machine.Name,
                "Give -Text or -Key.");
        }

        if (!ShouldProcess(machine.Name, "Type into the console"))
        {
            return;
        }

        var console = new GuestConsole(machine, HyperV, Current, StoppingToken);
        var capture = console.Open();
        console.Guard(() =>
        {
            capture.SendPaced(Encoding.UTF8.GetBytes(Keystrokes()), BytesPerSecond, StoppingToken);
            return true;
        });
    }

    private string Keystrokes()
    {
        var enter = KeySequence.Of(LinuxKitConsoleKey.Enter);
        var lines = Text.Select(text => text.Replace("\r\n", enter).Replace("\n", enter) + (NoNewline ? string.Empty : enter));
        return string.Concat(lines.Concat(Key.Select(KeySequence.Of)));
    }
}
