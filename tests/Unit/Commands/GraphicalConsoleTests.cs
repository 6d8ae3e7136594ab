using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.Versioning;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>The window of a VM's screen, by a program that notes what it is given.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GraphicalConsoleTests : HostedTests
{
    private const int AccessDenied = 5;
    private const int ElevationRequired = 740;
    private const int Cancelled = 1223;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public override void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        base.Dispose();
    }

    [Fact]
    public void IsOpenedByHostAndId()
    {
        Program("#!/bin/sh\necho \"$@\" > \"$0.part\" && mv \"$0.part\" \"$0.given\"\n");
        var machine = Module.RunWell("New-LinuxKitVM ./web-efi.iso").Single();
        Assert.Empty(Module.RunWell("Connect-LinuxKitConsole web -Graphical"));

        var waited = Stopwatch.StartNew();
        while (!File.Exists(Module["bin/vmconnect.exe.given"]) && waited.Elapsed < Patience)
        {
            Thread.Sleep(20);
        }

        var host = machine.Text("ComputerName") is "." ? "localhost" : machine.Text("ComputerName");
        Assert.Equal($"{host} -G {machine.Id()}", File.ReadAllText(Module["bin/vmconnect.exe.given"]).Trim());
    }

    [Fact]
    public void SaysWhereItIsMissing()
    {
        var error = Module.RunBadly("GraphicalConsoleNotFound", ErrorCategory.ObjectNotFound, "$null = New-LinuxKitVM ./web-efi.iso; Connect-LinuxKitConsole web -Graphical");
        Assert.Contains("Microsoft-Hyper-V-Management-Clients", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void SaysWhyItCannotBeStarted()
    {
        Program("#!/no/such/interpreter\n");
        Module.RunBadly("GraphicalConsoleFailed", ErrorCategory.InvalidOperation, "$null = New-LinuxKitVM ./web-efi.iso; Connect-LinuxKitConsole web -Graphical");
    }

    [Fact]
    public void WindowsAsksWhereItWantsElevation()
    {
        var shells = new List<bool>();
        Open(start =>
        {
            shells.Add(start.UseShellExecute);
            return start.UseShellExecute ? 0 : ElevationRequired;
        });
        Assert.Equal([false, true], shells);
    }

    [Theory]
    [InlineData(Cancelled)]
    [InlineData(ElevationRequired)]
    public void SaysThatItWantsElevationThatItDoesNotGet(int code)
    {
        var exception = Assert.Throws<LinuxKitException>(() => Open(start => start.UseShellExecute ? code : ElevationRequired));
        Assert.Equal("GraphicalConsoleFailed", exception.ErrorId);
        Assert.Contains("elevation", exception.Message, StringComparison.Ordinal);
        Assert.Contains("administrator", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void WantsNoElevationForAnythingElse()
    {
        var exception = Assert.Throws<LinuxKitException>(() => Open(start => start.UseShellExecute ? throw new InvalidOperationException("Windows is not to ask.") : AccessDenied));
        Assert.DoesNotContain("elevation", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GoesWithNothingOfTheSerialConsole() => Module.RunBadly(
        "ParametersDoNotGoTogether",
        ErrorCategory.InvalidArgument,
        "Connect-LinuxKitConsole web -Graphical -TimeoutSec 5");

    /// <param name="start">Gives Windows' error code, or 0.</param>
    private static void Open(Func<ProcessStartInfo, int> start) => GraphicalConsole.Open(
        LinuxKitMachine.From(FakeObject.Of(("Name", "web"), ("Id", Guid.NewGuid()), ("ComputerName", "."), ("Notes", new OwnershipMark().ToString())))!,
        GraphicalConsole.Program,
        info =>
        {
            if (start(info) is not 0 and var code)
            {
                throw new Win32Exception(code);
            }
        });

    private void Program(string script)
    {
        Directory.CreateDirectory(Module["bin"]);
        File.WriteAllText(Module["bin/vmconnect.exe"], script);
        File.SetUnixFileMode(Module["bin/vmconnect.exe"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{Module["bin"]}:{_path}");
    }
}
