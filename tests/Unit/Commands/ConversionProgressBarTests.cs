using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using LinuxKitHyperV.Commands;
using LinuxKitHyperV.Disks;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

public sealed class ConversionProgressBarTests
{
    private const long Gibibyte = 1L << 30;

    [Theory]
    [InlineData(1, 4, 0.5, 2, "1024 of 4096 MB, 256 MB/s", 25, 6)]
    [InlineData(4, 4, 1, 4, "4096 of 4096 MB, 256 MB/s", 100, 0)]
    [InlineData(1024, 4096, 0, 1, "1048576 of 4194304 MB, 0 MB/s", 25, 3)]
    [InlineData(1, 65536, 1, 100000, "1024 of 67108864 MB, 0 MB/s", 0, int.MaxValue)]
    public void TellsSpeedAndTimeLeft(long position, long length, double copied, double seconds, string status, int percent, int secondsLeft)
    {
        var record = ConversionProgressBar.Describe(
            "Convert 'a.img'",
            new ConversionProgress(position * Gibibyte, length * Gibibyte, (long)(copied * Gibibyte)),
            TimeSpan.FromSeconds(seconds));
        Assert.Equal(("Convert 'a.img'", status, percent, secondsLeft), (record.Activity, record.StatusDescription, record.PercentComplete, record.SecondsRemaining));
    }

    [Theory]
    [InlineData("-Milliseconds 300", "Processing Completed")]
    [InlineData("", "")]
    public void IsTakenAwayWhereItWasShown(string parameters, string expected)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Show-Conversion", typeof(ShowConversionCommand), null));
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var powerShell = PowerShell.Create(runspace).AddScript($"Show-Conversion {parameters}");
        powerShell.Invoke();
        Assert.Equal(expected, string.Join(' ', powerShell.Streams.Progress.Select(record => record.RecordType)));
        Assert.All(powerShell.Streams.Progress, record => Assert.Equal("Convert 'a.img'", record.Activity));
    }

    /// <summary>A cmdlet that does nothing but convert for a while.</summary>
    [Cmdlet(VerbsCommon.Show, "Conversion")]
    public sealed class ShowConversionCommand : PSCmdlet
    {
        /// <summary>How long.</summary>
        [Parameter]
        public int Milliseconds { get; set; }

        /// <inheritdoc/>
        protected override void ProcessRecord()
        {
            var bar = new ConversionProgressBar(this, "Convert 'a.img'");
            if (Milliseconds > 0)
            {
                bar.Report(new ConversionProgress(1, 2, 1));
                Thread.Sleep(Milliseconds);
                bar.Report(new ConversionProgress(2, 2, 2));
            }

            bar.Complete();
        }
    }
}
