using System.Diagnostics;
using System.Management.Automation;

namespace Sandbox.Hosting;

/// <summary>Shows the progress record of the moment in one line.</summary>
internal sealed class ProgressLine(Terminal terminal)
{
    private const int MillisecondsBetweenDraws = 50;

    private readonly Stopwatch _sinceDrawn = new();
    private int _activity;

    public void Show(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (record.ActivityId == _activity)
            {
                terminal.ClearStatus();
            }
        }
        else if (!terminal.ShowsStatus || record.ActivityId != _activity || _sinceDrawn.ElapsedMilliseconds >= MillisecondsBetweenDraws)
        {
            terminal.ShowStatus(Describe(record));
            _activity = record.ActivityId;
            _sinceDrawn.Restart();
        }
    }

    private static string Describe(ProgressRecord record)
    {
        string text = $"{record.Activity}: {record.StatusDescription}";
        if (!string.IsNullOrEmpty(record.CurrentOperation))
        {
            text += $", {record.CurrentOperation}";
        }

        if (record.PercentComplete >= 0)
        {
            text += $" [{record.PercentComplete}%]";
        }

        if (record.SecondsRemaining >= 0)
        {
            text += $" {record.SecondsRemaining} s left";
        }

        return text.ReplaceLineEndings(" ");
    }
}
