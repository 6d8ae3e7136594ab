using System;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Types into VMs' consoles.</summary>
[Cmdlet(VerbsCommunications.Send, "LinuxKitConsole", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SendLinuxKitConsoleCommand : MachineCommand
{
    /// <summary>The text to type; Enter follows each of several.</summary>
    [Parameter(Position = 1)]
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

        var use = new ConsoleUse(machine, HyperV, StoppingToken);
        var typing = new ConsoleTyping(use.Open());
        use.Guard(() =>
        {
            foreach (var text in Text)
            {
                typing.Type(text, StoppingToken);
                if (!NoNewline)
                {
                    typing.Press(LinuxKitConsoleKey.Enter, StoppingToken);
                }
            }

            Array.ForEach(Key, key => typing.Press(key, StoppingToken));
            return true;
        });
    }
}
