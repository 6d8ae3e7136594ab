using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Making;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Commands;

/// <summary>For how long a name is kept from others.</summary>
public sealed class NameLockTests : HostedTests
{
    private readonly string _name = $"lkhv-{Guid.NewGuid():N}";

    /// <summary>A console is attached, or the pipeline goes on, for as long as it likes.</summary>
    [Fact]
    public void AVMThatIsMadeNoLongerKeepsItsName()
    {
        var free = new List<bool>();
        Module.RunWell("param($image, $name, $look) New-LinuxKitVM $image -Name $name | ForEach-Object { $look.Invoke() }", "web-efi.iso", _name, (Action)(() => free.Add(IsFree())));
        Assert.Equal([true], free);
    }

    [Fact]
    public void AVMInTheMakingKeepsItsName()
    {
        var free = new List<bool>();
        Module.Recording.Before = (_, call) =>
        {
            if (call.Command == HyperVCommand.NewVM)
            {
                free.Add(IsFree());
            }
        };
        Module.RunWell("param($image, $name) New-LinuxKitVM $image -Name $name", "web-efi.iso", _name);
        Assert.Equal([false], free);
    }

    [Fact]
    public void AVMThatIsNotYetInTheMakingKeepsNoName()
    {
        var free = new List<bool>();
        Module.RunWell(
            "param($image, $name, $look) New-LinuxKitVM $image -Name ($name + '-first'), $name | ForEach-Object { if ($_.Name -ne $name) { $look.Invoke() } }",
            "web-efi.iso",
            _name,
            (Action)(() => free.Add(IsFree())));
        Assert.Equal([true], free);
    }

    [Fact]
    public void WhatIfKeepsNoName()
    {
        var free = new List<bool>();
        Module.Recording.Before = (_, call) => free.Add(IsFree());
        Module.RunWell("param($image, $name) New-LinuxKitVM $image -Name $name -WhatIf", "web-efi.iso", _name);
        Assert.Contains(true, free);
        Assert.DoesNotContain(false, free);
    }

    // A mutex is its thread's.
    private bool IsFree()
    {
        var isFree = false;
        var other = new Thread(() =>
        {
            try
            {
                MachineNameLock.Acquire(HyperVHost.Local, _name, new PatientWait(new SilentReport(), new CancellationToken(canceled: true))).Dispose();
                isFree = true;
            }
            catch (PipelineStoppedException)
            {
                isFree = false;
            }
        });
        other.Start();
        other.Join();
        return isFree;
    }
}
