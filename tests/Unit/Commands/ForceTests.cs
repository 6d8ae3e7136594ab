using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Testing;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What -Force asks for, and what not.</summary>
public sealed class ForceTests : HostedTests
{
    [Theory]
    [InlineData("-Force", "")]
    [InlineData("-Force -Confirm:$false", "")]
    [InlineData("-Confirm:$false", "")]
    [InlineData("-Force -Confirm", "web")]
    [InlineData("-Force -WhatIf", "web")]
    public void OnlyWhatIsAskedForIsAskedAndNothingIsDoneWithoutAnAnswer(string parameters, string left)
    {
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -NoNetwork");
        using var runspace = Module.OpenRunspace(new RecordingHost());
        using var powerShell = PowerShell.Create(runspace).AddScript($"Remove-LinuxKitVM web {parameters}");

        // The host has nobody to ask.
        var asked = Record.Exception(() => powerShell.Invoke());

        Assert.Equal(parameters.EndsWith("-Confirm", System.StringComparison.Ordinal), asked is not null || powerShell.HadErrors);
        Assert.Equal(left, string.Concat(Module.RunWell("Get-VM").Select(machine => machine.Name())));
    }
}
