using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Hosts;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Networking;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Hosts;

/// <summary>What Test-LinuxKitHost says of hosts that no stand-in is like.</summary>
public sealed class HostInspectionTests
{
    private static readonly PowerShellFacts GoodPowerShell = new("7.6 (Core)", IsSupported: true, new Version(2, 0), ForeignGetVM: null);

    private readonly Dictionary<string, PSObject> _answers = new()
    {
        [HyperVCommand.GetVMHost] = FakeObject.Of(("VirtualMachinePath", @"C:\VMs"), ("VirtualHardDiskPath", @"D:\Disks")),
        [HyperVCommand.GetVMSwitch] = FakeObject.Of(("Name", "Default Switch"), ("Id", SwitchChooser.DefaultSwitchId), ("SwitchType", "Internal")),
        ["Win32_ComputerSystem"] = FakeObject.Of(("HypervisorPresent", true), ("Model", "PowerEdge R760")),
        ["Win32_OperatingSystem"] = FakeObject.Of(("FreePhysicalMemory", 8UL << 20)),
        ["Win32_LogicalDisk DeviceID='C:'"] = FakeObject.Of(("FreeSpace", 100UL << 30)),
        ["Win32_LogicalDisk DeviceID='D:'"] = FakeObject.Of(("FreeSpace", 100UL << 30)),
    };

    [Fact]
    public void PassesAHostThatIsReady()
    {
        Assert.All(Run(GoodPowerShell), check => Assert.True(check.Passed ?? check.Check == "Console pipe", check.ToString()));
        Assert.All(Run(GoodPowerShell).Where(check => check.Passed == true), check => Assert.Empty(check.Remedy));
    }

    [Fact]
    public void TellsWhichPowerShellIsTooOld() => AssertFails("PowerShell", "6.2 (Core)", GoodPowerShell with { Version = "6.2 (Core)", IsSupported = false });

    [Fact]
    public void TellsThatTheModuleIsMissing() => AssertFails("Hyper-V module", "not installed", GoodPowerShell with { ModuleVersion = null });

    [Fact]
    public void TellsWhoseGetVMIsCalled() => AssertFails("Command names", "VMware.VimAutomation.Core", GoodPowerShell with { ForeignGetVM = "VMware.VimAutomation.Core" });

    [Fact]
    public void TellsThatTheHypervisorDoesNotRun()
    {
        _answers["Win32_ComputerSystem"] = FakeObject.Of(("HypervisorPresent", false), ("Model", "PowerEdge R760"));
        AssertFails("Hypervisor", "does not run");
        Assert.True(Find("Nested virtualization").Passed);
    }

    [Fact]
    public void TellsThatTheHostsOwnHostDoesNotLetItVirtualize()
    {
        _answers["Win32_ComputerSystem"] = FakeObject.Of(("HypervisorPresent", false), ("Model", "Virtual Machine"));
        Assert.Equal(["Hypervisor", "Nested virtualization"], Run(GoodPowerShell).Where(check => check.Passed == false).Select(check => check.Check));
        Assert.Contains("ExposeVirtualizationExtensions", Find("Nested virtualization").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void DoesNotKnowWhetherAHostThatIsAVMHasAHypervisorOfItsOwn()
    {
        _answers["Win32_ComputerSystem"] = FakeObject.Of(("HypervisorPresent", true), ("Model", "Virtual Machine"));
        Assert.Equal(["Hypervisor", "Nested virtualization", "Console pipe"], Run(GoodPowerShell).Where(check => check.Passed is null).Select(check => check.Check));
        Assert.All(Run(GoodPowerShell), check => Assert.True(check.IsGood, check.ToString()));

        _answers[HyperVCommand.GetVM] = FakeObject.Of(("Name", "other"), ("State", "Saved"));
        Assert.Null(Find("Hypervisor").Passed);

        _answers[HyperVCommand.GetVM] = FakeObject.Of(("Name", "other"), ("State", "Running"));
        Assert.True(Find("Hypervisor").Passed);
        Assert.True(Find("Nested virtualization").Passed);
    }

    [Theory]
    [InlineData("Microsoft Corporation", "Virtual Machine", true)]
    [InlineData("VMware, Inc.", "VMware20,1", true)]
    [InlineData("QEMU", "Standard PC (Q35 + ICH9, 2009)", true)]
    [InlineData("innotek GmbH", "VirtualBox", true)]
    [InlineData("Xen", "HVM domU", true)]
    [InlineData("Google", "Google Compute Engine", true)]
    [InlineData("Amazon EC2", "m5.large", true)]
    [InlineData("Amazon EC2", "m5.metal", false)]
    [InlineData("Microsoft Corporation", "Surface Laptop 5", false)]
    [InlineData("Dell Inc.", "PowerEdge R760", false)]
    public void KnowsAVMByItsModel(string maker, string model, bool isVirtual) =>
        Assert.Equal(isVirtual, new ComputerModel(FakeObject.Of(("Manufacturer", maker), ("Model", model))).IsVirtual);

    [Fact]
    public void TellsThatThereIsNoSwitch()
    {
        _answers.Remove(HyperVCommand.GetVMSwitch);
        AssertFails("Switch", "neither an external");
    }

    [Theory]
    [InlineData("Running", "Rights")]
    [InlineData("Stopped", "Management service")]
    [InlineData(null, "Management service")]
    public void AsksWindowsForTheServiceWhereAnErrorHasNoName(string? state, string failed)
    {
        Refuse();
        if (state is not null)
        {
            _answers["Win32_Service Name='vmms'"] = FakeObject.Of(("State", state));
        }

        AssertFails(failed, "Hyper-V said no.");
        Assert.True(Find("Host").Passed);
    }

    [Fact]
    public void TellsThatAHostAnswersInNoWay()
    {
        _answers.Clear();
        Refuse();
        AssertFails("Host", "Hyper-V said no.");
        Assert.Null(Find("Rights").Passed);
    }

    [Fact]
    public void TellsThatMemoryIsShort()
    {
        _answers["Win32_OperatingSystem"] = FakeObject.Of(("FreePhysicalMemory", 512UL << 10));
        AssertFails("Memory", "512 MB");
    }

    [Theory]
    [InlineData("Virtual machine path", "C:")]
    [InlineData("Virtual hard disk path", "D:")]
    public void TellsThatADiskIsFull(string check, string disk)
    {
        _answers[$"Win32_LogicalDisk DeviceID='{disk}'"] = FakeObject.Of(("FreeSpace", 10UL << 20));
        AssertFails(check, "10 MB");
    }

    [Fact]
    public void LeavesASharesSpaceToItsServer()
    {
        _answers[HyperVCommand.GetVMHost] = FakeObject.Of(("VirtualMachinePath", @"\\files\vms"), ("VirtualHardDiskPath", @"D:\Disks"));
        Assert.True(Find("Virtual machine path") is { Passed: null, IsGood: true });
    }

    [Fact]
    public void SaysWhatItCouldNotFindOut()
    {
        _answers.Clear();
        var checks = Run(GoodPowerShell);
        Assert.Equal(["Hypervisor", "Nested virtualization"], checks.Where(check => check.Passed is null).Select(check => check.Check));
        Assert.All(checks.Where(check => check.Passed is null), check => Assert.NotEmpty(check.Remedy));
        Assert.DoesNotContain(checks, check => check is { Passed: null, IsGood: true });
    }

    private void Refuse() =>
        _answers[HyperVCommand.GetVMHost] = PSObject.AsPSObject(new ErrorRecord(new InvalidOperationException("Hyper-V said no."), "Unspecified", ErrorCategory.NotSpecified, null));

    private void AssertFails(string check, string detail, PowerShellFacts? powerShell = null)
    {
        var failed = Assert.Single(Run(powerShell ?? GoodPowerShell), found => found.Passed == false);
        Assert.Equal(check, failed.Check);
        Assert.Contains(detail, failed.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(failed.Remedy);
    }

    private LinuxKitHostCheck Find(string check) => Run(GoodPowerShell).Single(found => found.Check == check);

    private IReadOnlyList<LinuxKitHostCheck> Run(PowerShellFacts powerShell) =>
        [.. new HostInspection(new Answers(_answers), new HyperVHost("hv02", null, null), powerShell).Run()];

    /// <summary>A host that answers each call, or each class of CIM, with one object, an error or nothing.</summary>
    private sealed class Answers(IReadOnlyDictionary<string, PSObject> answers) : IHyperV
    {
        public HyperVResult Invoke(HyperVCall call)
        {
            HyperVContract.Check(call);
            var asked = call.Command == HyperVCommand.GetCimInstance
                ? string.Join(' ', call.Parameters.Where(parameter => parameter.Key is "ClassName" or "Filter").Select(parameter => parameter.Value))
                : call.Command;
            return answers.TryGetValue(asked, out var answer)
                ? answer.BaseObject is ErrorRecord error ? new HyperVResult([], [error]) : new HyperVResult([answer], [])
                : new HyperVResult([], []);
        }

        public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => Invoke(call);

        public IHyperV Undoing => this;

        public TimeSpan PropertyAge => TimeSpan.Zero;

        public bool HasParameter(string command, string parameter) => true;
    }
}
