using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>An image whose storage does not answer: here a pipe that nobody writes to.</summary>
public sealed class SlowImageTests : HostedTests
{
    [Theory]
    [InlineData("Get-LinuxKitImage ./slow.iso")]
    [InlineData("Start-LinuxKitVM ./slow.iso")]
    public void CtrlCEndsItAndMeanwhileItIsTold(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files there.");
        using (var make = Process.Start("mkfifo", Module["slow.iso"]))
        {
            make.WaitForExit();
        }

        using var powerShell = Module.Script(script);
        var running = powerShell.BeginInvoke();
        try
        {
            Assert.True(SpinWait.SpinUntil(() => powerShell.Streams.Progress.Any(record => record.Activity.StartsWith("Wait for '", StringComparison.Ordinal)), TimeSpan.FromSeconds(30)));
            var watch = Stopwatch.StartNew();
            powerShell.Stop();
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
            Assert.Equal(PSInvocationState.Stopped, powerShell.InvocationStateInfo.State);
            Assert.Throws<PipelineStoppedException>(() => powerShell.EndInvoke(running));
        }
        finally
        {
            // The thread that waits for it.
            new FileStream(Module["slow.iso"], FileMode.Open, FileAccess.Write).Dispose();
        }

        Assert.Empty(Module.RunWell("Get-VM"));
    }
}
