using System.IO;
using System.Linq;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>What a start asks of Hyper-V, which nobody sees from outside: how often it looks, and that it changes no more than it has to.</summary>
public sealed class StartCallsTests : HostedTests
{
    [Fact]
    public void LooksOnceForEachNameAndOnceForTheSwitchOfSeveralMachines()
    {
        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -Name a, b, c");
        Assert.Equal([HyperVCommand.GetVM, HyperVCommand.GetVM, HyperVCommand.GetVM, HyperVCommand.GetVMSwitch], Module.Recording.Calls.Select(call => call.Command).Where(IsLookUp).Order());

        static bool IsLookUp(string command) => command is HyperVCommand.GetVM or HyperVCommand.GetVMSwitch;
    }

    [Theory]
    [InlineData("Save-VM web", "Start-VM")]
    [InlineData("Suspend-VM web", "Resume-VM")]
    [InlineData("Stop-VM web -TurnOff", "Start-VM")]
    public void StartsAgainWithOneCall(string leave, string call)
    {
        Module.RunWell($"$null = Start-LinuxKitVM ./web-efi.iso; {leave}");
        Module.Recording.Clear();
        Module.RunWell("Start-LinuxKitVM -Name web");
        Assert.Equal([call], Module.Recording.Changes);
    }

    [Theory]
    [InlineData("Start-LinuxKitVM ./web-efi.iso -Disk size=1 -WhatIf")]
    [InlineData("Start-LinuxKitVM ./web-efi.img -WhatIf")]
    public void ChangesNothingWithWhatIf(string script)
    {
        File.WriteAllBytes(Module["web-efi.img"], TestImage.EfiDisk());
        Module.RunWell(script);
        Assert.Empty(Module.Recording.Changes);
    }
}
