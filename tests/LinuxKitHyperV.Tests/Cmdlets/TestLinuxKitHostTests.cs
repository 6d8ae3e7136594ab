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
    // What Windows tells of a computer; a module of that name is what is called.
    private const string Cim =
        """
        $null = New-Module CimCmdlets {
            function Get-CimInstance {
                [CmdletBinding()] param($ClassName, $Filter, $ComputerName, $CimSession)
                [pscustomobject]@{ HypervisorPresent = $true; Model = 'PC'; FreePhysicalMemory = 4194304; FreeSpace = 1TB; State = 'Running' }
            }
        } | Import-Module
        """;

    private static readonly string[] Variables =
        ["HYPERV_QEMU_BROKEN", "HYPERV_QEMU_HOSTS", "HYPERV_QEMU_DENY", "HYPERV_QEMU_REFUSE_CREDENTIAL", "HYPERV_QEMU_DESERIALIZED"];

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
        Module.RunWell(Cim);
        Assert.DoesNotContain(Checks("Test-LinuxKitHost"), check => check.Passed == false);
        Assert.Equal([Environment.MachineName], Checks("Test-LinuxKitHost").Select(check => check.ComputerName).Distinct());
        Assert.Equal(true, Module.RunWell("Test-LinuxKitHost -Quiet").Single().BaseObject);
    }

    [Theory]
    [InlineData("Management service", "HYPERV_QEMU_BROKEN", "vmms", "vmms")]
    [InlineData("Management service", "HYPERV_QEMU_BROKEN", "service", "vmms")]
    [InlineData("Rights", "HYPERV_QEMU_DENY", "*", "S-1-5-32-578")]
    [InlineData("PowerShell", "HYPERV_QEMU_DESERIALIZED", "1", "1809")]
    public void SaysWhatIsWrong(string check, string variable, string value, string remedy)
    {
        Environment.SetEnvironmentVariable(variable, value);
        var failed = Assert.Single(Checks("Test-LinuxKitHost"), found => found.Passed == false);
        Assert.Equal(check, failed.Check);
        Assert.Contains(remedy, failed.Remedy, StringComparison.Ordinal);
        Assert.Equal(false, Module.RunWell("Test-LinuxKitHost -Quiet").Single().BaseObject);
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
        Module.RunWell(Cim);
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

    private IEnumerable<LinuxKitHostCheck> Checks(string script, params object[] arguments) =>
        Module.RunWell(script, arguments).Select(check => (LinuxKitHostCheck)check.BaseObject);
}
