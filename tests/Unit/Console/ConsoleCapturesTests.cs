using System;
using System.IO;
using System.Threading.Tasks;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.Console;
using Xunit;

namespace LinuxKitHyperV.Tests.Console;

public sealed class ConsoleCapturesTests : IDisposable
{
    private readonly ComPort _port = ComPort.On();
    private readonly ConsoleCaptureOptions _options;

    public ConsoleCapturesTests() => _options = ConsoleCaptureTests.OptionsOf(_port) with { OwnerId = Guid.NewGuid() };

    public void Dispose()
    {
        ConsoleCaptures.Remove(_options.Host, _options.VMId, ConsoleEndReason.VMRemoved);
        _port.Dispose();
    }

    [Fact]
    public void AVMIsCapturedOnce()
    {
        var capture = ConsoleCaptures.Start(_options);

        Assert.Same(capture, ConsoleCaptures.Start(_options with { OwnerId = Guid.NewGuid() }));
        Assert.Same(capture, ConsoleCaptures.Find(Environment.MachineName, _options.VMId));
        Assert.Contains(capture, ConsoleCaptures.All);
    }

    [Fact]
    public void ACaptureWithALogGoesOnUnlessAnotherLogIsAskedFor()
    {
        using var folder = new TemporaryFolder();
        var log = new ConsoleLogOptions { Path = folder["one.log"] };
        var capture = ConsoleCaptures.Start(_options with { Log = log });

        Assert.Same(capture, ConsoleCaptures.Start(_options));
        Assert.Same(capture, ConsoleCaptures.Start(_options with { Log = log with { } }));
        Assert.Null(capture.EndReason);

        var other = ConsoleCaptures.Start(_options with { Log = log with { Path = folder["other.log"] } });
        Assert.NotSame(capture, other);
        Assert.Equal(ConsoleEndReason.Disconnected, capture.EndReason);
    }

    [Fact]
    public void AnEndedCaptureIsFoundUntilTheVMIsCapturedAnew()
    {
        var first = ConsoleCaptures.Start(_options);
        first.End(ConsoleEndReason.VMStopped);
        Assert.Same(first, ConsoleCaptures.Find(".", _options.VMId));

        var second = ConsoleCaptures.Start(_options);

        Assert.NotSame(first, second);
        Assert.Same(second, ConsoleCaptures.Find("localhost", _options.VMId));
    }

    [Fact]
    public void VMsOfTwoHostsAreTwo()
    {
        ConsoleCaptures.Start(_options);

        Assert.Null(ConsoleCaptures.Find("elsewhere", _options.VMId));
    }

    [Fact]
    public void ARunspaceEndsOnlyItsOwnCaptures()
    {
        using var otherPort = ComPort.On();
        var other = ConsoleCaptures.Start(ConsoleCaptureTests.OptionsOf(otherPort) with { OwnerId = Guid.NewGuid() });
        var own = ConsoleCaptures.Start(_options);

        ConsoleCaptures.RemoveOwnedBy(_options.OwnerId);

        Assert.Equal(ConsoleEndReason.ModuleRemoved, own.EndReason);
        Assert.Null(ConsoleCaptures.Find(".", _options.VMId));
        Assert.Null(other.EndReason);
        ConsoleCaptures.RemoveOwnedBy(other.Options.OwnerId);
        Assert.Equal(ConsoleEndReason.ModuleRemoved, other.EndReason);
    }

    [Fact]
    public async Task TheProcessThatCapturesAConsoleCanBeFound()
    {
        var path = ConsolePipePath.Parse(_port.Path);
        Assert.Null(ConsoleHold.Find(path));
        var capture = ConsoleCaptures.Start(_options);
        await _port.WaitForClient();
        capture.WaitUntilConnected(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(Environment.ProcessId, ConsoleHold.Find(path)?.ProcessId);

        capture.End(ConsoleEndReason.Disconnected);
        Assert.Null(ConsoleHold.Find(path));
    }

    [Fact]
    public void WhatAKilledProcessLeftNamesNobody()
    {
        var path = ConsolePipePath.Parse(_port.Path);
        var file = ConsoleHold.FileNameOf(path);
        using (ConsoleHold.TryPublish(path))
        {
            Assert.True(File.Exists(file));
            Assert.Null(ConsoleHold.TryPublish(path));
        }

        File.WriteAllText(file, "1");

        Assert.Null(ConsoleHold.Find(path));
        Assert.False(File.Exists(file));
    }
}
