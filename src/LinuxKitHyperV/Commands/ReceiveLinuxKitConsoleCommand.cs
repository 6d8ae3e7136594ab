using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.Guests;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>What VMs' consoles have said, as lines; of several VMs in the order of their times.</summary>
[Cmdlet(VerbsCommunications.Receive, "LinuxKitConsole", DefaultParameterSetName = NameSet)]
[OutputType(typeof(ConsoleLine), typeof(byte[]))]
public sealed class ReceiveLinuxKitConsoleCommand : MachineCommand
{
    private readonly List<(LinuxKitMachine Machine, ConsoleCapture Capture)> _sources = [];

    /// <summary>Only so many of the last lines of each VM.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; } = int.MaxValue;

    /// <summary>Goes on with what comes, until the VMs stop, Ctrl+C is pressed, or -TimeoutSec passes.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>With -Follow: how long, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>Gives the bytes as they came, control sequences included: they can take over a terminal that shows them.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Require(TimeoutSec == 0 || Follow, nameof(TimeoutSec), "-TimeoutSec goes with -Follow.");

    /// <inheritdoc/>
    private protected override void Process(LinuxKitMachine machine) =>
        _sources.Add((machine, Capture(machine)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Raw)
        {
            _sources.ForEach(source => ForItem(() => WriteBytes(source.Machine, source.Capture)));
        }
        else if (_sources.Count > 0)
        {
            ForItem(WriteLines);
        }
    }

    private ConsoleCapture Capture(LinuxKitMachine machine)
    {
        var console = new GuestConsole(machine, HyperV, Current, StoppingToken);
        var capture = !Follow && MachineConsole.FindAny(machine) is { EndReason: ConsoleEndReason.Disconnected } disconnected ? disconnected : console.OpenOrLastWords();
        if (capture.LogFailure is { } failure)
        {
            WriteWarning($"The log of the console of '{machine.Name}' ends early. {failure.Message}");
        }

        return capture;
    }

    private void WriteLines()
    {
        var readers = _sources.ConvertAll(source => new ConsoleLineReader(
            source.Machine.Name,
            Tail == int.MaxValue ? source.Capture.ReadFromStart() : source.Capture.ReadTailLines(Tail)));
        var merge = new ConsoleLineMerge(readers);
        WriteObject(merge.ReadAvailable(), enumerateCollection: true);
        _sources.Zip(readers, (source, reader) => (source.Machine, reader.Dropped)).ToList().ForEach(source => TellDropped(source.Machine, source.Dropped));
        if (Follow)
        {
            FollowLines(merge);
        }

        WriteObject(merge.Flush(), enumerateCollection: true);
    }

    private void FollowLines(ConsoleLineMerge merge)
    {
        var deadline = new Deadline(TimeoutSec == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec));
        var watches = _sources.ConvertAll(source => new AwayWatch(
            source.Capture,
            () => new GuestConsole(source.Machine, HyperV, Current, StoppingToken).EndIfStopped(source.Capture)));
        var wait = TimeSpan.FromMilliseconds(20);
        while (!merge.IsAtEnd && !deadline.HasPassed)
        {
            WriteObject(merge.ReadAvailable(), enumerateCollection: true);
            if (StoppingToken.WaitHandle.WaitOne(deadline.Limit(wait)))
            {
                throw new PipelineStoppedException();
            }

            watches.ForEach(watch => watch.Look());
        }

        WriteObject(merge.ReadAvailable(), enumerateCollection: true);
    }

    private void WriteBytes(LinuxKitMachine machine, ConsoleCapture capture)
    {
        var reader = capture.ReadFromStart();
        var console = new GuestConsole(machine, HyperV, Current, StoppingToken);
        var feed = new ConsoleFeed(capture, reader, () => console.EndIfStopped(capture));
        var deadline = new Deadline(!Follow ? TimeSpan.Zero : TimeoutSec == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec));
        if (!Follow)
        {
            reader.LimitToNow();
        }

        console.Guard(() =>
        {
            while ((!Follow || !deadline.HasPassed) && feed.TryNext(deadline, out var block, StoppingToken) && block.Count > 0)
            {
                var bytes = new byte[block.Count];
                Buffer.BlockCopy(feed.Bytes, 0, bytes, 0, block.Count);
                WriteObject(bytes, enumerateCollection: false);
            }

            return true;
        });
        TellDropped(machine, reader.Dropped);
    }

    private void TellDropped(LinuxKitMachine machine, long bytes)
    {
        if (bytes > 0)
        {
            WriteWarning($"The oldest {bytes} bytes of the console of '{machine.Name}' are gone: its buffer was full.");
        }
    }
}
