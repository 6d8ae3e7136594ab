using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>How a VM goes whose console is left.</summary>
public sealed class RemoveOnExitTests : HostedTests
{
    private NamedPipeServerStream? _port;

    public RemoveOnExitTests() => Module.Recording.After = (_, call) =>
    {
        // Once the pipe has been chosen.
        if (call.Command == HyperVCommand.SetVMComPort)
        {
            _port = SerialPipe.Serve("web-com1");
        }
    };

    [Theory]
    [InlineData("", "web-disk.vhdx web-efi.iso")]
    [InlineData("-RemoveDisk", "web-efi.iso")]
    public void ItsGuestIsShutDownAndItsDataStayUnlessAskedFor(string removeDisk, string files)
    {
        Module.RunWell($"Start-LinuxKitVM ./web-efi.iso -Disk 1GB -Console -TimeoutSec 1 -RemoveOnExit {removeDisk}");
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.Equal(files, string.Join(' ', Module.Files));
        var stop = Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.StopVM);
        Assert.DoesNotContain(stop.Parameters, parameter => parameter.Key == "TurnOff");
    }

    [Fact]
    public void AGuestThatDoesNotShutDownIsTurnedOff()
    {
        HostedModule.Guest("no-contact");
        Module.RunWell("Start-LinuxKitVM ./web-efi.iso -NoNetwork -Console -TimeoutSec 1 -RemoveOnExit");
        Assert.Empty(Module.RunWell("Get-VM"));
        var stop = Assert.Single(Module.Recording.Calls, call => call.Command == HyperVCommand.StopVM);
        Assert.Contains(stop.Parameters, parameter => parameter.Key == "TurnOff");
    }

    [Fact]
    public void WithoutItTheVMStays()
    {
        Module.RunWell("$null = Start-LinuxKitVM ./web-efi.iso -NoNetwork -Console -TimeoutSec 1");
        Assert.Equal("Running", Assert.Single(Module.RunWell("Get-VM")).State());
    }

    [Fact]
    public void OldMetadataThatCannotBeDeletedKeepsNobodyFromTheConsoleAndTheRemoval()
    {
        var old = Module.RunWell("(New-LinuxKitVM ./web-efi.iso -NoNetwork -Metadata old).Metadata").Single().ToString();
        Module.Recording.Before = (_, call) =>
        {
            if (call.Command == HyperVCommand.StartVM)
            {
                File.Delete(old);
                Directory.CreateDirectory(old);
            }
        };
        Module.RunBadly("MetadataRemovalFailed", ErrorCategory.WriteError, "Start-LinuxKitVM -Name web -Metadata new -Console -TimeoutSec 1 -RemoveOnExit");
        Assert.Empty(Module.RunWell("Get-VM"));
    }

    public override void Dispose()
    {
        _port?.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}
