using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using LinuxKitHyperV.Hosts;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Cmdlets;

public sealed class TestLinuxKitHostTests : HostedTests
{
    private static readonly string[] Variables =
        ["HYPERV_QEMU_BROKEN", "HYPERV_QEMU_HOSTS", "HYPERV_QEMU_DENY", "HYPERV_QEMU_REFUSE_CREDENTIAL", "HYPERV_QEMU_DESERIALIZED", "HYPERV_QEMU_NESTED"];

    public override void Dispose()
    {
        foreach (var variable in Variables)
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        base.Dispose();
    }

    [Fact]
    public void PassesAHostThatIsReady()
    {
        Assert.Equal(["Console pipe"], Checks("Test-LinuxKitHost").Where(check => check.Passed != true).Select(check => check.Check));
        Assert.Equal([Environment.MachineName], Checks("Test-LinuxKitHost").Select(check => check.ComputerName).Distinct());
        AssertQuiet(true);
    }

    [Theory]
    [InlineData("Management service", "HYPERV_QEMU_BROKEN", "vmms", "vmms")]
    [InlineData("Management service", "HYPERV_QEMU_BROKEN", "service", "vmms")]
    [InlineData("Rights", "HYPERV_QEMU_DENY", "*", "S-1-5-32-578")]
    [InlineData("PowerShell", "HYPERV_QEMU_DESERIALIZED", "1", "1809")]
    [InlineData("Hypervisor", "HYPERV_QEMU_BROKEN", "hypervisor", "hypervisorlaunchtype")]
    [InlineData("Memory", "HYPERV_QEMU_BROKEN", "memory", "Stop other VMs")]
    public void SaysWhatIsWrong(string check, string variable, string value, string remedy)
    {
        Environment.SetEnvironmentVariable(variable, value);
        var failed = Assert.Single(Checks("Test-LinuxKitHost"), found => found.Passed == false);
        Assert.Equal(check, failed.Check);
        Assert.Contains(remedy, failed.Remedy, StringComparison.Ordinal);
        AssertQuiet(false);
    }

    [Fact]
    public void SaysThatTheDiskIsFull()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_BROKEN", "disk-space");
        var failed = Checks("Test-LinuxKitHost").Where(check => check.Passed == false).ToList();
        Assert.Equal(["Virtual machine path", "Virtual hard disk path"], failed.Select(check => check.Check));
        Assert.All(failed, check => Assert.Contains("Set-VMHost", check.Remedy, StringComparison.Ordinal));
        AssertQuiet(false);
    }

    [Fact]
    public void SaysThatTheHostsOwnHostGivesItNoHypervisor()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_NESTED", "hidden");
        Environment.SetEnvironmentVariable("HYPERV_QEMU_BROKEN", "hypervisor");
        var failed = Checks("Test-LinuxKitHost").Where(check => check.Passed == false).ToList();
        Assert.Equal(["Hypervisor", "Nested virtualization"], failed.Select(check => check.Check));
        Assert.Contains("ExposeVirtualizationExtensions", failed[1].Remedy, StringComparison.Ordinal);
        AssertQuiet(false);
    }

    [Fact]
    public void DoesNotTakeTheHypervisorOfAVMsHostForItsOwn()
    {
        string[] unknown = ["Hypervisor", "Nested virtualization"];
        Environment.SetEnvironmentVariable("HYPERV_QEMU_NESTED", "1");
        Assert.All(Checks("Test-LinuxKitHost").Where(check => unknown.Contains(check.Check)), check => Assert.Null(check.Passed));
        AssertQuiet(true);

        // A VM that runs shows that it is there.
        Assert.All(
            Checks("New-VM other | Start-VM; Test-LinuxKitHost").Where(check => unknown.Contains(check.Check)),
            check => Assert.True(check.Passed));
    }

    [Fact]
    public void IsNotReadyWhereWindowsSaysNothing()
    {
        // Nothing has failed; but nothing tells of the hypervisor either.
        Module.RunWell("Remove-Module CimCmdlets; $null = New-Module CimCmdlets { function Get-CimInstance { } } | Import-Module");
        Assert.DoesNotContain(Checks("Test-LinuxKitHost"), check => check.Passed == false);
        AssertQuiet(false);
    }

    [Theory]
    [InlineData("Switch", "Get-VMSwitch")]
    [InlineData("Console pipe", "Get-VM")]
    public void DoesNotTakeAnErrorForNone(string check, string command)
    {
        HostedModule.Fail($"{command}:1=OperationFailed");
        var checks = Checks("Test-LinuxKitHost").ToList();
        Assert.DoesNotContain(checks, found => found.Passed == false);
        var unknown = checks.Single(found => found.Check == check);
        Assert.Null(unknown.Passed);
        Assert.DoesNotContain("could not be found out", unknown.Detail, StringComparison.Ordinal);
        Assert.Contains("vmms", unknown.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void SaysThatAHostIsNotFound()
    {
        var checks = Checks("Test-LinuxKitHost nowhere").ToList();
        var failed = Assert.Single(checks, check => check.Passed == false);
        Assert.Equal(("Host", "nowhere"), (failed.Check, failed.ComputerName));
        Assert.Contains("could not be resolved", failed.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("as administrator", failed.Remedy, StringComparison.Ordinal);
        Assert.All(checks.Where(check => check.Check is "Management service" or "Rights"), check => Assert.Null(check.Passed));
    }

    [Fact]
    public void SaysThatACredentialIsRefused()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", "hv02");
        Environment.SetEnvironmentVariable("HYPERV_QEMU_REFUSE_CREDENTIAL", "mallory");
        using var password = new SecureString();
        var failed = Assert.Single(
            Checks("param($credential) Test-LinuxKitHost hv02 -Credential $credential", new PSCredential("mallory", password)),
            check => check.Passed == false);
        Assert.Equal("Rights", failed.Check);
        Assert.Contains("password", failed.Detail, StringComparison.Ordinal);
        Assert.Contains("-Credential", failed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void SaysThatTheModuleIsMissing()
    {
        var failed = Assert.Single(Checks("Remove-Module Hyper-V; Test-LinuxKitHost"), check => check.Passed == false);
        Assert.Equal("Hyper-V module", failed.Check);
        Assert.Contains("Microsoft-Hyper-V-Management-PowerShell", failed.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void SaysWhichOtherProductHasGetVM()
    {
        var failed = Assert.Single(
            Checks("$null = New-Module Other.Product { function Get-VM { } } | Import-Module; Test-LinuxKitHost"),
            check => check.Passed == false);
        Assert.Equal(("Command names", true), (failed.Check, failed.Detail.Contains("Other.Product", StringComparison.Ordinal)));
    }

    [Fact]
    public void SaysWhichConsoleHasNoPipe()
    {
        // Here VMs have states, and nothing opens a pipe.
        var failed = Assert.Single(
            Checks("$null = Start-LinuxKitVM ./web-efi.iso -NoCapture; Test-LinuxKitHost"),
            check => check.Passed == false);
        Assert.Equal(("Console pipe", true), (failed.Check, failed.Detail.Contains("'web'", StringComparison.Ordinal)));
    }

    [Fact]
    public void AsksOtherHosts()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", "hv02;hv03");
        Environment.SetEnvironmentVariable("HYPERV_QEMU_DENY", "hv03");
        var checks = Checks("Test-LinuxKitHost hv02, hv03").ToList();
        Assert.Equal([("hv03", "Rights")], checks.Where(check => check.Passed == false).Select(check => (check.ComputerName, check.Check)));
        Assert.Contains(checks, check => check.ComputerName == "hv02" && check.Check == "Switch");
        Assert.Equal(false, Module.RunWell("Test-LinuxKitHost hv02, hv03 -Quiet").Single().BaseObject);
        Assert.Equal(true, Module.RunWell("Test-LinuxKitHost hv02 -Quiet").Single().BaseObject);
    }

    [Fact]
    public void ErrorsOfAStartNameTheSameRemedy()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_DENY", "*");
        var rights = Checks("Test-LinuxKitHost").Single(check => check.Check == "Rights");
        Assert.Contains("Hyper-V Administrators", rights.Remedy, StringComparison.Ordinal);
        var error = Module.RunBadly("VMQueryFailed", ErrorCategory.InvalidOperation, "Start-LinuxKitVM ./web-efi.iso");
        Assert.Contains("Hyper-V Administrators", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Test-LinuxKitHost", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        Module.Run("Remove-Module Hyper-V");
        var missing = Checks("Test-LinuxKitHost").Single(check => check.Check == "Hyper-V module");
        error = Module.RunBadly("HyperVModuleNotFound", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso");
        Assert.Equal(missing.Remedy, error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void AStartWithoutAHypervisorNamesTheSameRemedy()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_BROKEN", "hypervisor");
        var failed = Checks("Test-LinuxKitHost").Single(check => check.Check == "Hypervisor");
        var error = Module.RunBadly("VMStartFailed", ErrorCategory.InvalidOperation, "Start-LinuxKitVM ./web-efi.iso");
        Assert.Contains(failed.Remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Memory", "memory", "VMStartFailed", ErrorCategory.ResourceUnavailable, "Start-VM:1=OutOfMemory")]
    [InlineData("Management service", "vmms", "VMQueryFailed", ErrorCategory.ObjectNotFound, null)]
    public void AStartNamesTheRemedyOfTheCheck(string check, string broken, string errorId, ErrorCategory category, string? fault)
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_BROKEN", broken);
        var failed = Checks("Test-LinuxKitHost").Single(found => found.Check == check);
        HostedModule.Fail(fault);
        var error = Module.RunBadly(errorId, category, "Start-LinuxKitVM ./web-efi.iso");
        Assert.Contains(failed.Remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void AStartOnAHostThatIsNotFoundNamesTheSameRemedy()
    {
        var failed = Checks("Test-LinuxKitHost nowhere").Single(check => check.Check == "Host");
        var error = Module.RunBadly("VMQueryFailed", ErrorCategory.InvalidArgument, "Start-LinuxKitVM -Name web -ComputerName nowhere");
        Assert.Contains(failed.Remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void AStartWithARefusedCredentialNamesTheSameRemedy()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", "hv02");
        Environment.SetEnvironmentVariable("HYPERV_QEMU_REFUSE_CREDENTIAL", "mallory");
        using var password = new SecureString();
        var mallory = new PSCredential("mallory", password);
        var failed = Checks("param($credential) Test-LinuxKitHost hv02 -Credential $credential", mallory).Single(check => check.Check == "Rights");
        var error = Module.RunBadly(
            "VMQueryFailedAccessDenied",
            ErrorCategory.PermissionDenied,
            "param($credential) Start-LinuxKitVM -Name web -ComputerName hv02 -Credential $credential",
            mallory);
        Assert.Contains(failed.Remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void AStartWithoutASwitchNamesTheSameRemedy()
    {
        Module.RunWell("$null = New-Module Hyper-V { function Get-VMSwitch { [CmdletBinding()] param($ComputerName, $CimSession) } } | Import-Module");
        var failed = Checks("Test-LinuxKitHost").Single(check => check.Check == "Switch");
        Assert.Equal(false, failed.Passed);
        var error = Module.RunBadly("NoDefaultSwitch", ErrorCategory.ObjectNotFound, "Start-LinuxKitVM ./web-efi.iso");
        Assert.Equal(failed.Remedy, error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Start-VM:1=OutOfMemory", ErrorCategory.ResourceUnavailable, "-MemoryStartupBytes")]
    [InlineData("Start-VM:1=OperationFailed", ErrorCategory.InvalidOperation, "Hyper-V-Worker-Admin")]
    public void ErrorsOfAStartSayHowToCheckTheHost(string fault, ErrorCategory category, string remedy)
    {
        HostedModule.Fail(fault);
        var error = Module.RunBadly("VMStartFailed", category, "Start-LinuxKitVM ./web-efi.iso");
        Assert.Contains(remedy, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Test-LinuxKitHost", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private void AssertQuiet(bool expected) => Assert.Equal(expected, Module.RunWell("Test-LinuxKitHost -Quiet").Single().BaseObject);

    private IEnumerable<LinuxKitHostCheck> Checks(string script, params object[] arguments) =>
        Module.RunWell(script, arguments).Select(check => (LinuxKitHostCheck)check.BaseObject);
}
