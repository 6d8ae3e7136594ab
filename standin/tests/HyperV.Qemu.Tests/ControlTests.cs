using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Testing;
using Xunit;

namespace HyperV.Qemu.Tests;

public sealed class ControlTests : IDisposable
{
    private readonly StandInSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void TheNthCallFailsBeforeItDoesAnything()
    {
        StandIn.Fail("New-VM:2=OutOfMemory");
        _session.RunWell("New-VM one");
        _session.Fails("New-VM two", "OutOfMemory,Microsoft.HyperV.PowerShell.Commands.NewVM", ErrorCategory.FromStdErr);
        _session.RunWell("New-VM three");
        Assert.Equal(2, _session.Run("Get-VM").Count);
    }

    [Fact]
    public void ACallCanFailWhenItsWorkIsDone()
    {
        StandIn.Fail("Set-VM:1=Unspecified@After;Start-VM:1=ObjectInUse");
        _session.RunWell("New-VM web");
        _session.Fails("Set-VM web -Notes done", "Unspecified,Microsoft.HyperV.PowerShell.Commands.SetVM", ErrorCategory.NotSpecified);
        Assert.Equal("done", _session.One<string>("(Get-VM web).Notes"));
        _session.Fails("Start-VM web", "ObjectInUse,Microsoft.HyperV.PowerShell.Commands.StartVM", ErrorCategory.ResourceBusy);
    }

    [Theory]
    [InlineData("New-VM web -SwitchName lan", "InvalidParameter", "Hyper-V was unable to find a virtual switch with name \"lan\".")]
    [InlineData("Get-VMSwitch lan", "InvalidParameter", "Hyper-V was unable to find a virtual switch with name \"lan\".")]
    [InlineData("Start-VM web", "AccessDenied", "'web' failed to start.")]
    [InlineData("Get-VHD d.vhdx", "InvalidParameter", "'d.vhdx' is not an existing virtual hard disk file.")]
    [InlineData("Get-VHD d.vhdx", "ObjectInUse", "The operation cannot be performed while the object is in use.")]
    [InlineData("Set-VM web", "InvalidState", "Modifying the properties of 'web' failed. The operation cannot be performed while the object is in its current state.")]
    [InlineData("Set-VMMemory web", "InvalidState", "Failed to modify device 'Memory'.")]
    public void ACallFailsWithTheContractsMessage(string script, string identifier, string message)
        => AssertFails(script, identifier, message);

    [Theory]
    [InlineData("New-VM web", "InvalidParameter")]
    [InlineData("Remove-VM web", "InvalidState")]
    [InlineData("Stop-VM web", "InvalidOperation")]
    [InlineData("Add-VMDvdDrive web", "AccessDenied")]
    [InlineData("Set-VMFirmware web", "NotSupported")]
    public void ACallThatNobodySawFailSoFailsWithANeutralMessage(string script, string identifier)
        => AssertFails(script, identifier, "The operation failed.");

    [Fact]
    public void AMessageEndsWhereItsSourceLeavesSomethingOut()
        => AssertFails(
            "Start-VM web",
            "OutOfMemory",
            "'web' failed to start. Not enough memory in the system to start the virtual machine web. "
            + "Could not initialize memory: Not enough memory resources are available to complete this operation. (0x8007000E).");

    [Fact]
    public void SettingThePlanCountsAnew()
    {
        StandIn.Fail("New-VM:1=Unspecified");
        _session.Fails("New-VM one");
        _session.RunWell("New-VM one");
        StandIn.Fail("New-VM:1=Unspecified");
        _session.Fails("New-VM one");
    }

    [Fact]
    public void AMachineCanVanishUnderACall()
    {
        _session.RunWell("$vm = New-VM web");
        StandIn.Fail("Set-VM:1=Vanish");
        _session.Fails("$vm | Set-VM -Notes x", "ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.SetVM", ErrorCategory.ObjectNotFound);
        Assert.True(_session.One<bool>("$vm.IsDeleted"));
    }

    [Fact]
    public void EveryControlIsDocumentedInOnePlace()
    {
        var variables = typeof(StandIn).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral)
            .Select(field => field.GetRawConstantValue() as string)
            .Where(value => value?.StartsWith("HYPERV_QEMU_", StringComparison.Ordinal) == true);
        var document = File.ReadAllText(Path.Combine(StandInBuild.Tree, "README.md"));
        Assert.All(variables, variable => Assert.Contains($"| `{variable}=", document, StringComparison.Ordinal));
    }

    [Fact]
    public void APlanThatSaysNothingKnownIsRefused()
    {
        StandIn.Fail("New-VM:1=Nonsense");
        Assert.IsType<FormatException>(_session.Fails("New-VM web").Exception);
    }

    [Fact]
    public void ACallCanTakeItsTime()
    {
        Environment.SetEnvironmentVariable(Delays.Variable, "Get-VM=300");
        var watch = Stopwatch.StartNew();
        _session.RunWell("Get-VM");
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void WhatIsNotImplementedIsRefusedWhateverItIsGiven()
    {
        _session.RunWell("New-VM web");
        foreach (var script in new[] { "Debug-VM web -InjectNonMaskableInterrupt", "Set-VM web -BatteryPassthroughEnabled $true", "Move-VMStorage web there" })
        {
            Assert.StartsWith("NotSupportedByStandIn,Microsoft.", _session.Fails(script).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Mount-VHD d.vhdx -SnapshotId $null")]
    [InlineData("[pscustomobject]@{ Path = 'd.vhdx'; SnapshotId = $null } | Mount-VHD")]
    public void WhatIsNotImplementedMayBeGivenNothing(string script)
    {
        _session.RunWell($"New-VHD d.vhdx -SizeBytes 64MB; {script}");
        Assert.True(_session.One<bool>("(Get-VHD d.vhdx).Attached"));
    }

    [Fact]
    public void WhatIsNotImplementedIsRefusedInThePipelineBeforeAnythingIsDone()
    {
        _session.RunWell("New-VM web");
        _session.Fails(
            "[pscustomobject]@{ Number = 3 } | Add-VMHardDiskDrive web",
            "NotSupportedByStandIn,Microsoft.HyperV.PowerShell.Commands.AddVMHardDiskDrive",
            ErrorCategory.NotImplemented);
        Assert.Empty(_session.Run("Get-VMHardDiskDrive web"));
    }

    private void AssertFails(string script, string identifier, string message)
    {
        StandIn.Fail($"{script.Split(' ')[0]}:1={identifier}");
        Assert.Equal(message, _session.Fails(script).Exception.Message);
    }
}
