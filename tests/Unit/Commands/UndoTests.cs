using System;
using System.Collections.Generic;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>A start that fails or is stopped leaves the host as it was.</summary>
public sealed class UndoTests : HostedTests
{
    private const string Start = "Start-LinuxKitVM ./web-efi.iso -Disk size=1, 'file=old.vhdx,size=1', 'file=new.vhdx,size=64M'";

    // What a start calls, in order; the three look-ups before it are not part of the plan.
    private static readonly (string Cmdlet, string ErrorId)[] Calls =
    [
        ("Get-VM", "VMQueryFailed"),
        ("Get-VM", "VMQueryFailed"),
        ("Get-VMSwitch", "SwitchQueryFailed"),
        ("New-VHD", "DiskCreationFailed"),
        ("New-VHD", "DiskCreationFailed"),
        ("New-VM", "VMCreationFailed"),
        ("Get-VMNetworkAdapter", "NetworkConnectionFailed"),
        ("Connect-VMNetworkAdapter", "NetworkConnectionFailed"),
        ("Add-VMDvdDrive", "BootDeviceFailed"),
        ("Set-VMFirmware", "BootDeviceFailed"),
        ("Add-VMHardDiskDrive", "DiskAttachFailed"),
        ("Add-VMHardDiskDrive", "DiskAttachFailed"),
        ("Add-VMHardDiskDrive", "DiskAttachFailed"),
        ("Set-VMComPort", "ConsoleSetupFailed"),
        ("Set-VM", "VMConfigurationFailed"),
        ("Start-VM", "VMStartFailed"),
    ];

    // What a start that failed at its last call, with the VM running, calls to take back what it did.
    private static readonly string[] Undos = [HyperVCommand.GetVM, HyperVCommand.StopVM, HyperVCommand.RemoveVM];

    public UndoTests()
    {
        Module.RunWell("$null = New-VHD ./old.vhdx -SizeBytes 10MB");
        Module.Recording.Clear();
    }

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Calls.Length)];

    [Fact]
    public void AStartMakesTheseCalls()
    {
        Module.RunWell(Start);
        Assert.Equal(Calls.Select(call => call.Cmdlet), Module.Recording.Calls.Select(call => call.Command["Hyper-V\\".Length..]));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void ACallThatFailsLeavesNothing(int index)
    {
        Fail(index, "OperationFailed");
        Module.RunBadly(Calls[index].ErrorId, ErrorCategory.InvalidOperation, Start);
        AssertNothingLeft();
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void ACallThatFailsAfterItsWorkLeavesNothing(int index)
    {
        Fail(index, "OperationFailed@After");
        Module.RunBadly(Calls[index].ErrorId, ErrorCategory.InvalidOperation, Start);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("AccessDenied", ErrorCategory.PermissionDenied, "VMStartFailedAccessDenied", "administrator")]
    [InlineData("OutOfMemory", ErrorCategory.ResourceUnavailable, "VMStartFailed", "memory")]
    [InlineData("ObjectInUse", ErrorCategory.ResourceBusy, "VMStartFailed", "another VM")]
    [InlineData("InvalidParameter", ErrorCategory.InvalidArgument, "VMStartFailed", "event log")]
    [InlineData("Unspecified", ErrorCategory.InvalidOperation, "VMStartFailed", "event log")]
    public void AnErrorKeepsWhatHyperVTells(string identifier, ErrorCategory category, string errorId, string remedy)
    {
        Fail(Calls.Length - 1, identifier);
        var error = Module.RunBadly(errorId, category, Start);
        Assert.Equal("VirtualizationException", error.Exception.InnerException!.GetType().Name);
        Assert.Equal("web", error.TargetObject);
        Assert.Contains(remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void StoppedBeforeACallItLeavesNothing(int index)
    {
        Stop(Start, (powerShell, recording) => recording.Before = (at, _) => StopAt(powerShell, at == index));
        AssertNothingLeft();
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void StoppedAfterACallItLeavesNothing(int index)
    {
        Stop(Start, (powerShell, recording) => recording.After = (at, _) => StopAt(powerShell, at == index));
        AssertNothingLeft();
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void StoppedInsideACallItLeavesNothing(int index)
    {
        StopInside(index);
        AssertNothingLeft();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void StoppedBeforeACallThatUndoesItUndoesAll(int index)
    {
        Fail(Calls.Length - 1, "OperationFailed@After");
        Stop(Start, (powerShell, recording) => recording.Before = (at, _) => StopAt(powerShell, at == Calls.Length + index));
        Assert.Equal(Undos, Module.Recording.Calls.Skip(Calls.Length).Select(call => call.Command));
        AssertNothingLeft();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void StoppedInsideACallThatUndoesItUndoesAll(int index)
    {
        Fail(Calls.Length - 1, "OperationFailed@After");
        StopInside(Calls.Length + index);
        Assert.Equal(Undos, Module.Recording.Calls.Skip(Calls.Length).Select(call => call.Command));
        AssertNothingLeft();
    }

    [Theory]
    [InlineData("Stop-VM:1=InvalidState")]
    [InlineData("Stop-VM:1=InvalidState@After")]
    [InlineData("Remove-VM:1=InvalidState")]
    public void AVMInTransitionIsTriedAgain(string fault)
    {
        HostedModule.Fail("Start-VM:1=OperationFailed@After;" + fault);
        Module.RunBadly("VMStartFailed", ErrorCategory.InvalidOperation, Start);
        Assert.Empty(Module.Warnings);
        AssertNothingLeft();
    }

    [Fact]
    public void AStartOfWhatIsThereThatFailsEndsTheCaptureThatItBegan()
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso");
        HostedModule.Fail("Start-VM:1=OperationFailed");
        Module.RunBadly("VMStartFailed", ErrorCategory.InvalidOperation, "Start-LinuxKitVM -Name web");
        Assert.NotNull(Assert.Single(Captures()).EndReason);
    }

    [Fact]
    public void WhatCannotBeUndoneIsToldAfterTheFirstError()
    {
        HostedModule.Fail("Set-VM:1=OperationFailed;Remove-VM:1=OperationFailed");
        Module.RunBadly("VMConfigurationFailed", ErrorCategory.InvalidOperation, Start);

        Assert.Contains("Left behind", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        HostedModule.Fail(null);
        Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force");
        AssertNothingLeft();
    }

    [Fact]
    public void OfTwoThatStartOneNameAtOnceOneSucceeds()
    {
        using var other = Module.OpenRunspace();
        using var first = Module.Script("Start-LinuxKitVM ./web-efi.iso -NoCapture");
        using var second = PowerShell.Create(other).AddScript("Start-LinuxKitVM ./web-efi.iso -NoCapture");
        var running = new[] { (Shell: first, Result: first.BeginInvoke()), (Shell: second, Result: second.BeginInvoke()) };

        Assert.Single(running.SelectMany(start => start.Shell.EndInvoke(start.Result)));
        Assert.Equal(
            ["VMExists"],
            running.SelectMany(start => start.Shell.Streams.Error).Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Single(Module.RunWell("Get-VM"));
    }

    [Fact]
    public void RemoveOnExitRemovesWhenTheConsoleIsOver()
    {
        using var port = Serve("linuxkit: ready\r\n");
        Assert.Equal(["linuxkit: ready"], Module.RunWell(Start + " -Console -TimeoutSec 10 -RemoveOnExit -RemoveDisk").Select(line => line.ToString()));
        AssertNothingLeft();
    }

    [Fact]
    public void RemoveOnExitRemovesAlsoWhereItIsStoppedWhileTheGuestShutsDown()
    {
        using var port = Serve("linuxkit: ready\r\n");
        Stop(
            Start + " -Console -TimeoutSec 1 -RemoveOnExit -RemoveDisk",
            (powerShell, recording) => recording.Before = (_, call) => StopAt(powerShell, call.Command == HyperVCommand.StopVM));
        AssertNothingLeft();
    }

    [Fact]
    public void RemoveOnExitKeepsADiskThatAnotherVMHasToo()
    {
        using var port = Serve("linuxkit: ready\r\n");
        var isMade = false;
        Module.Recording.Before = (_, call) =>
        {
            // The start asks too, before there is the disk.
            if (call is { Command: HyperVCommand.GetVM, Parameters.Count: 0 } && !isMade && Module.Files.Contains("new.vhdx"))
            {
                isMade = true;
                using var runspace = Module.OpenRunspace();
                using var other = PowerShell.Create(runspace).AddScript("$null = New-VM other -VHDPath ./new.vhdx");
                other.Invoke();
                Assert.Empty(other.Streams.Error);
            }
        };
        Module.RunWell(Start + " -Console -TimeoutSec 1 -RemoveOnExit -RemoveDisk");
        Assert.Contains("the VM 'other' has it too", Assert.Single(Module.Warnings), StringComparison.Ordinal);
        Module.Recording.Before = null;
        Assert.Equal(["other"], Module.RunWell("Get-VM").Select(machine => machine.Name()));
        Assert.Equal(["new.vhdx", "old.vhdx", "web-efi.iso"], Module.Files);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("Start-VM web;", 2)]
    public void RemoveOnExitTellsOnceWhatStaysOfAnExistingVM(string prepare, int warnings)
    {
        using var port = Serve("linuxkit: ready\r\n");
        Module.RunWell($"$null = New-LinuxKitVM ./web-efi.iso -Disk 1GB; $null = New-VM other -VHDPath ./web-disk.vhdx; {prepare} Start-LinuxKitVM -Name web -Console -TimeoutSec 1 -RemoveOnExit -RemoveDisk");
        Assert.Equal(warnings, Module.Warnings.Count);
        Assert.Contains("the VM 'other' has it too", Module.Warnings[^1], StringComparison.Ordinal);
        Assert.Equal(["other"], Module.RunWell("Get-VM").Select(machine => machine.Name()));
    }

    private static void Fail(int index, string identifier)
    {
        var cmdlet = Calls[index].Cmdlet;
        HostedModule.Fail($"{cmdlet}:{Calls.Take(index + 1).Count(call => call.Cmdlet == cmdlet)}={identifier}");
    }

    private void Stop(string script, Action<PowerShell, RecordingHyperV> arrange)
    {
        using var powerShell = Module.Script(script);
        arrange(powerShell, Module.Recording);
        powerShell.Invoke();
        Assert.Equal(PSInvocationState.Stopped, powerShell.InvocationStateInfo.State);
        Module.Recording.Before = null;
        Module.Recording.After = null;
    }

    /// <summary>Plays the COM port of the VM that is about to be started: once the pipe has been chosen.</summary>
    private Deferred Serve(string text)
    {
        var deferred = new Deferred();
        Module.Recording.After = (index, call) =>
        {
            if (call.Command == HyperVCommand.SetVMComPort)
            {
                var port = deferred.Port = SerialPipe.Serve("web-com1");
                _ = port.WaitForConnectionAsync().ContinueWith(_ => port.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask(), TaskScheduler.Default);
            }
        };
        return deferred;
    }

    /// <summary>Stops a start while its call of that number waits inside Hyper-V's cmdlet, before its work.</summary>
    private void StopInside(int index) => Stop(Start, (powerShell, recording) => recording.Before = (at, call) =>
    {
        if (at == index)
        {
            HostedModule.Delay($"{call.Command["Hyper-V\\".Length..]}=3600000");
            _ = Task.Run(() =>
            {
                // Time for the call to begin its wait. Where that is too short, the stop comes beside the call, and the
                // outcome is the same; a call that undoes, and is made again, does not wait any more.
                Thread.Sleep(200);
                HostedModule.Delay(null);
                powerShell.BeginStop(null, null);
            });
        }
    });

    /// <summary>Stops the script, and goes on when the cmdlet knows.</summary>
    private void StopAt(PowerShell powerShell, bool isIt)
    {
        if (isIt)
        {
            powerShell.BeginStop(null, null);
            Assert.True(SpinWait.SpinUntil(() => Module.Recording.Cmdlet!.Stopping, TimeSpan.FromMinutes(1)));
        }
    }

    private void AssertNothingLeft()
    {
        HostedModule.Fail(null);
        HostedModule.Delay(null);
        Assert.Empty(Module.RunWell("Get-VM").Select(machine => machine.Name()));
        Assert.Equal(["old.vhdx", "web-efi.iso"], Module.Files);
        Assert.Empty(Captures());
    }

    private IEnumerable<ConsoleCapture> Captures() =>
        ConsoleCaptures.All.Where(capture => capture.Options.OwnerId == Module.Runspace.InstanceId);

    private sealed class Deferred : IDisposable
    {
        public NamedPipeServerStream? Port { get; set; }

        public void Dispose() => Port?.Dispose();
    }
}
