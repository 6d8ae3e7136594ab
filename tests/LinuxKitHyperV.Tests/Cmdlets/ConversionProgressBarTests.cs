using System;
using LinuxKitHyperV.Commands;
using LinuxKitHyperV.Disks;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

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
}
