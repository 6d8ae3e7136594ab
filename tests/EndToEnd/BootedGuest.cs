using System;
using System.Linq;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A VM that is booted once for several tests.</summary>
public sealed class BootedGuest : IDisposable
{
    public BootedGuest()
    {
        var machine = Module.RunWell($"Start-LinuxKitVM -LiteralPath '{BootImage.Path("linuxkit-efi-initrd.iso")}'").Single();
        new GuestConsole(machine).WaitUntilReady();
    }

    /// <summary>The module in the runspace that started it.</summary>
    public HostedModule Module { get; } = new(runsMachines: true);

    public void Dispose()
    {
        Module.Run("Remove-LinuxKitVM linuxkit -Force");
        Module.Dispose();
    }
}
