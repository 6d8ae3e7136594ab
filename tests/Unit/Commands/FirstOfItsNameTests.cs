using System;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>Of two computers that make VMs of one name on a host, the one whose VM was created first succeeds.</summary>
public sealed class FirstOfItsNameTests : HostedTests
{
    public FirstOfItsNameTests() => Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", "hv02");

    [Theory]
    [InlineData(HyperVCommand.NewVM, false)]
    [InlineData(HyperVCommand.SetVMComPort, true)]
    public void TheFirstStays(string theirMoment, bool isOurs)
    {
        Module.Recording.Before = (_, call) =>
        {
            if (call.Command == theirMoment)
            {
                Module.Recording.Before = null;
                using var runspace = Module.OpenRunspace();
                using var other = PowerShell.Create(runspace).AddScript("$null = New-VM web -ComputerName hv02 -NoVHD");
                other.Invoke();
            }
        };
        Module.Run("$null = New-LinuxKitVM ./web-efi.iso -ComputerName hv02 -NoNetwork");
        Assert.Equal(isOurs ? [] : ["VMExists"], Module.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(isOurs ? 2 : 1, Module.RunWell("Get-VM web -ComputerName hv02").Count);
    }

    public override void Dispose()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", null);
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}
