using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using LinuxKitHyperV.Console.Shell;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Runs a command in VMs' guests over their serial consoles: no network and no agent is needed.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LinuxKitCommand", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(ConsoleCommandResult))]
public sealed class InvokeLinuxKitCommandCommand : MachineCommand
{
    /// <summary>The command or script, for the guest's POSIX shell.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MachineSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string Command { get; set; } = string.Empty;

    /// <summary>What the command reads: text, lines of text, bytes, or a file.</summary>
    [Parameter]
    public PSObject? InputObject { get; set; }

    /// <summary>How long the command may run, in seconds, before Ctrl+C is pressed; by default as long as it takes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>Who logs in to the guest, where its console asks for it.</summary>
    [Parameter]
    [Credential]
    public override PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    /// <remarks>-Credential is the guest's here; a host that needs one is reached by -CimSession.</remarks>
    private protected override PSCredential? HostCredential => null;

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        if (Command.IndexOf('\0') >= 0)
        {
            throw new LinuxKitException(
                "InvalidCommand",
                FailureKind.InvalidArgument,
                "The command has a NUL character, and no shell takes that.",
                Command,
                "Leave it out, or give binary input by -InputObject.");
        }

        if (!ShouldProcess(machine.Name, $"Run '{Command}' in the guest"))
        {
            return;
        }

        var input = Input();
        var console = new GuestConsole(machine, HyperV, Current, StoppingToken);
        var capture = console.Open();
        var command = new ConsoleCommand
        {
            Script = Command,
            Input = input,
            Timeout = TimeoutSec == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec),
            Credential = Credential?.GetNetworkCredential(),
            WhileAway = () => console.EndIfStopped(capture),
        };
        var result = console.Guard(() => ConsoleShell.Run(capture, command, StoppingToken));
        WriteObject(result);
        if (result.TimedOut)
        {
            throw new LinuxKitException(
                "GuestCommandTimeout",
                FailureKind.OperationTimeout,
                $"The command did not end in {TimeoutSec} s in the guest of the VM '{machine.Name}', and was interrupted.",
                machine.Name,
                result.IsShellUsable ? "Give it more time with -TimeoutSec." : "Its shell did not come back: look at it with Connect-LinuxKitConsole.");
        }
    }

    private byte[]? Input() => InputObject?.BaseObject switch
    {
        null => null,
        byte[] bytes => bytes,
        FileInfo file => Read(file),
        string text => Encoding.UTF8.GetBytes(text),
        IList lines => Encoding.UTF8.GetBytes(string.Concat(lines.Cast<object?>().Select(Line))),
        var other => throw NotText(other),
    };

    private static string Line(object? item)
    {
        var line = item is PSObject wrapped ? wrapped.BaseObject : item;
        return line is string text ? text + "\n" : throw NotText(line);
    }

    private static LinuxKitException NotText(object? item) => new(
        "InputNotReadable",
        FailureKind.ReadError,
        $"A command reads text, lines of text, bytes or a file, and the input has a value of the type {item?.GetType().Name ?? "null"}.",
        item,
        "Make text of it first, as with Out-String or ConvertTo-Json.");

    private static byte[] Read(FileInfo file)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinuxKitException(
                "InputNotReadable",
                FailureKind.ReadError,
                $"The input '{file.FullName}' cannot be read. {exception.Message}",
                file.FullName,
                "Check the path, and that you may read the file.",
                exception);
        }
    }
}
