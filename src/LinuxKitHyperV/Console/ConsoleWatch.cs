using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Waits until a console says something. Patterns are matched against the lines as a terminal shows them, joined by
/// line feeds, the unfinished last one included: they may span lines, and reads.
/// </summary>
internal sealed class ConsoleWatch
{
    private const int StepLines = 200;
    private const int KeptLines = 50;
    private const int LastLineCount = 20;

    // A match that ends where the text ends just now may grow, or turn out to be none.
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(100);

    private static readonly Regex KernelPanic = new("Kernel panic - not syncing", RegexOptions.CultureInvariant);

    private static readonly Regex EmergencyShell = new(
        "You are in emergency mode|Entering emergency mode|Give root password for maintenance|^\\(initramfs\\) |^dracut:/# ",
        RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private readonly ConsoleCapture _capture;
    private readonly ConsoleReader _bytes;
    private readonly ConsoleLineReader _reader;
    private readonly IReadOnlyList<Regex> _patterns;
    private readonly List<ConsoleLine> _lines = [];

    /// <summary>Makes a wait.</summary>
    /// <param name="capture">The console.</param>
    /// <param name="reader">Where to begin.</param>
    /// <param name="patterns">What to wait for; of several that match at once the first of them is told.</param>
    public ConsoleWatch(ConsoleCapture capture, ConsoleReader reader, IReadOnlyList<Regex> patterns)
    {
        _capture = capture;
        _bytes = reader;
        _reader = new ConsoleLineReader(capture.Options.VMName, reader);
        _patterns = patterns;
    }

    /// <summary>How long the console may be silent; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan SilenceLimit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Makes a pattern: a regular expression, or a text to be found as it is.</summary>
    /// <param name="pattern">The expression or the text.</param>
    /// <param name="isSimple">Whether it is a text.</param>
    /// <param name="isCaseSensitive">Whether it tells upper and lower case apart.</param>
    /// <param name="limit">How long one look at the console's last lines may take: a guest may know what makes a pattern slow; null for as long as it likes.</param>
    public static Regex PatternOf(string pattern, bool isSimple, bool isCaseSensitive, TimeSpan? limit = null) => new(
        isSimple ? Regex.Escape(pattern) : pattern,
        RegexOptions.Multiline | RegexOptions.CultureInvariant | (isCaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase),
        limit ?? Regex.InfiniteMatchTimeout);

    /// <summary>Waits.</summary>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public ConsoleWatchResult Run(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return RunToEnd(timeout, cancellationToken);
        }
        catch (RegexMatchTimeoutException)
        {
            return new ConsoleWatchResult(ConsoleWatchEnd.PatternTooSlow, null, LastLines());
        }
    }

    private ConsoleWatchResult RunToEnd(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(timeout);
        var silence = new Deadline(SilenceLimit);
        Deadline? settling = null;
        var isOver = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!isOver)
            {
                // What has been said in time is still looked at; a guest that never pauses does not keep the wait.
                isOver = deadline.HasPassed;
                _bytes.LimitToNow();
            }

            var isAtEnd = _reader.IsAtEnd;
            var position = _bytes.Position;
            var hasMore = ReadStep();
            silence = _bytes.Position == position ? silence : new Deadline(SilenceLimit);
            var found = Find(out var mayChange);
            settling = mayChange ? settling ?? new Deadline(SettleTime) : null;
            if (found != null && (!mayChange || isAtEnd || settling!.HasPassed || deadline.HasPassed))
            {
                return found;
            }

            if (!hasMore && found is null &&
                (isAtEnd ? ConsoleWatchEnd.CaptureEnded
                    : isOver ? ConsoleWatchEnd.TimedOut
                    : silence.HasPassed ? ConsoleWatchEnd.Silence
                    : (ConsoleWatchEnd?)null) is { } end)
            {
                return new ConsoleWatchResult(end, null, LastLines());
            }

            if (!hasMore)
            {
                _reader.Wait(deadline.Limit(silence.Limit(settling?.Limit(SettleTime) ?? Timeout.InfiniteTimeSpan)), cancellationToken);
            }
        }
    }

    /// <summary>Reads lines that have ended, so many at most that no pattern has to search much.</summary>
    private bool ReadStep()
    {
        _lines.RemoveRange(0, Math.Max(0, _lines.Count - KeptLines));
        for (var i = 0; i < StepLines; i++)
        {
            if (!_reader.TryRead(out var line))
            {
                return false;
            }

            _lines.Add(line);
        }

        return true;
    }

    private ConsoleWatchResult? Find(out bool mayChange)
    {
        mayChange = false;
        var lines = WithUnfinished();
        var text = TextOf(lines);
        foreach (var pattern in _patterns)
        {
            if (pattern.Match(text) is { Success: true } match)
            {
                mayChange = match.Index + match.Length == text.Length && lines.Count > _lines.Count;
                return ResultOf(ConsoleWatchEnd.Matched, pattern, match, lines);
            }
        }

        return FindFailure(ConsoleWatchEnd.KernelPanic, KernelPanic, text, lines)
            ?? FindFailure(ConsoleWatchEnd.EmergencyShell, EmergencyShell, text, lines);
    }

    /// <summary>Finds the sign of a failed boot, unless the guest has booted again since.</summary>
    private ConsoleWatchResult? FindFailure(ConsoleWatchEnd end, Regex sign, string text, IReadOnlyList<ConsoleLine> lines) =>
        sign.Matches(text).Cast<Match>().FirstOrDefault(match => LineAt(lines, match.Index).BootNumber == _capture.Buffer.LastBoot?.Number) is { } failed
            ? ResultOf(end, sign, failed, lines)
            : null;

    private ConsoleWatchResult ResultOf(ConsoleWatchEnd end, Regex pattern, Match match, IReadOnlyList<ConsoleLine> lines) =>
        new(end, new ConsoleMatch(pattern.ToString(), match, LineAt(lines, match.Index)), LastLines());

    private static ConsoleLine LineAt(IReadOnlyList<ConsoleLine> lines, int index)
    {
        var line = 0;
        while (index > lines[line].Text.Length && line < lines.Count - 1)
        {
            index -= lines[line].Text.Length + 1;
            line++;
        }

        return lines[line];
    }

    private static string TextOf(IReadOnlyList<ConsoleLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(line.Text);
            if (line.IsComplete)
            {
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private List<ConsoleLine> WithUnfinished() => _reader.Peek() is { } unfinished ? [.. _lines, unfinished] : [.. _lines];

    private IReadOnlyList<ConsoleLine> LastLines()
    {
        var lines = WithUnfinished() is { Count: > 0 } watched ? watched : Earlier();
        return lines.GetRange(Math.Max(0, lines.Count - LastLineCount), Math.Min(lines.Count, LastLineCount));
    }

    /// <summary>The last lines from before the wait: they tell what the guest is doing if it has said nothing since.</summary>
    private List<ConsoleLine> Earlier()
    {
        var bytes = _capture.ReadTailLines(LastLineCount);
        bytes.LimitToNow();
        var reader = new ConsoleLineReader(_capture.Options.VMName, bytes);
        var lines = new List<ConsoleLine>();
        while (reader.TryRead(out var line))
        {
            lines.Add(line);
        }

        return reader.Peek() is { } unfinished ? [.. lines, unfinished] : lines;
    }
}
