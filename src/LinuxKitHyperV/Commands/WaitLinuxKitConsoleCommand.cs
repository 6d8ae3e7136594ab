using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>Waits until VMs' consoles say something, for all of them together.</summary>
[Cmdlet(VerbsLifecycle.Wait, "LinuxKitConsole", DefaultParameterSetName = NameSet)]
[OutputType(typeof(ConsoleMatch))]
public sealed class WaitLinuxKitConsoleCommand : MachineCommand
{
    private const int ShownLines = 5;

    // An honest pattern takes milliseconds.
    private const int PatternSec = 5;

    // One for each console, however often its VM is named.
    private readonly Dictionary<ConsoleCapture, ConsoleWait> _waits = [];
    private Regex[] _patterns = [];

    /// <summary>Regular expressions, one of which the console shall match.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MachineSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[] Pattern { get; set; } = [];

    /// <summary>Takes the patterns for plain text.</summary>
    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    /// <summary>Tells upper and lower case apart.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Leaves out what the console has said before.</summary>
    [Parameter]
    public SwitchParameter FromNow { get; set; }

    /// <summary>How long to wait for all of them, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; } = 120;

    /// <summary>Also ends when the console has been silent for so many seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int SilenceSec { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var limit = TimeSpan.FromSeconds(Math.Min(TimeoutSec, PatternSec));
        try
        {
            _patterns = [.. Pattern.Select(pattern => ConsoleWatch.PatternOf(pattern, SimpleMatch, CaseSensitive, limit))];
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(new LinuxKitException(
                "InvalidPattern",
                FailureKind.InvalidArgument,
                $"A pattern is no regular expression. {exception.Message}",
                Pattern,
                "Correct it, or use -SimpleMatch for plain text.",
                exception).ToErrorRecord());
        }
    }

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine)
    {
        var console = new GuestConsole(machine, HyperV, Current, StoppingToken);
        var capture = FromNow ? console.Open() : console.OpenOrLastWords();
        var watch = new ConsoleWatch(capture, FromNow ? capture.ReadFromEnd() : capture.ReadFromStart(), _patterns)
        {
            SilenceLimit = SilenceSec == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(SilenceSec),
        };
        _waits[capture] = new ConsoleWait(
            watch,
            new AwayWatch(capture, () => console.EndIfStopped(capture)),
            result => ForItem(() => WriteObject(result.End == ConsoleWatchEnd.Matched ? result.Match : throw NotMatched(machine.Name, capture, result))));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            ConsoleWait.Run(_waits.Values, TimeSpan.FromSeconds(TimeoutSec), StoppingToken);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private LinuxKitException NotMatched(string name, ConsoleCapture capture, ConsoleWatchResult result)
    {
        var (errorId, kind, what) = result.End switch
        {
            var end when ConsoleErrors.FailedBoot(end) is { } failure => failure,
            ConsoleWatchEnd.Silence => ("ConsoleSilent", FailureKind.OperationTimeout, $"its console was silent for {SilenceSec} s"),
            ConsoleWatchEnd.PatternTooSlow => ("PatternTooSlow", FailureKind.OperationTimeout, "a pattern took too long on what it said"),
            ConsoleWatchEnd.CaptureEnded => ("ConsoleEnded", FailureKind.InvalidOperation, "its console ended: the VM stopped, or the capture was disconnected"),
            _ => ("ConsoleWaitTimeout", FailureKind.OperationTimeout, $"{TimeoutSec} s have passed"),
        };
        var shown = result.LastLines.Skip(Math.Max(0, result.LastLines.Count - ShownLines)).Select(line => "\n  " + line.Text);
        var inUse = capture.InUse is { } pipe ? $" {pipe.Message}" : string.Empty;
        return new LinuxKitException(
            errorId,
            kind,
            $"The console of the VM '{name}' did not say what was waited for: {what}.{inUse} {(result.LastLines.Count == 0 ? "It has said nothing." : $"It said last:{string.Concat(shown)}")}",
            name,
            result.End == ConsoleWatchEnd.PatternTooSlow
                ? "Give a pattern without a repetition within a repetition, such as (a+)+, or use -SimpleMatch."
                : $"Read all of it with Receive-LinuxKitConsole -Name '{name}'.");
    }
}
