using System;
using System.Diagnostics;
using System.Management.Automation;
using LinuxKitHyperV.Disks;

namespace LinuxKitHyperV.Commands;

/// <summary>Shows how far a conversion is, how fast it goes, and how long it will take.</summary>
internal sealed class ConversionProgressBar
{
    private const int ActivityId = 0x4C4C;

    // Drawing costs more than many a block.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly Stopwatch _watch = new();
    private TimeSpan _shown;

    /// <summary>A bar of a cmdlet.</summary>
    public ConversionProgressBar(Cmdlet cmdlet, string activity)
    {
        _cmdlet = cmdlet;
        _activity = activity;
    }

    /// <summary>The conversion has come so far.</summary>
    public void Report(ConversionProgress progress)
    {
        _watch.Start();
        var elapsed = _watch.Elapsed;
        if (elapsed - _shown < Interval)
        {
            return;
        }

        _shown = elapsed;
        _cmdlet.WriteProgress(Describe(_activity, progress, elapsed));
    }

    /// <summary>What is shown.</summary>
    /// <param name="activity">What is being done.</param>
    /// <param name="progress">How far it is; not at its beginning.</param>
    /// <param name="elapsed">How long it has taken so far.</param>
    public static ProgressRecord Describe(string activity, ConversionProgress progress, TimeSpan elapsed)
    {
        var part = (double)progress.Position / progress.Length;
        var speed = progress.BytesCopied / elapsed.TotalSeconds / (1 << 20);
        return new ProgressRecord(ActivityId, activity, FormattableString.Invariant($"{progress.Position >> 20} of {progress.Length >> 20} MB, {speed:0} MB/s"))
        {
            PercentComplete = (int)(part * 100),
            SecondsRemaining = (int)Math.Min(int.MaxValue, elapsed.TotalSeconds / part * (1 - part)),
        };
    }

    /// <summary>The conversion has ended, well or not.</summary>
    public void Complete()
    {
        if (_shown > TimeSpan.Zero)
        {
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, _activity) { RecordType = ProgressRecordType.Completed });
        }
    }
}
