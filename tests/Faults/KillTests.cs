using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>A PowerShell that is killed while it starts a VM runs no undo: what it leaves is found and removed.</summary>
public sealed class KillTests : FaultTests
{
    private const string Start = "Start-LinuxKitVM ./web-efi.iso -Disk size=1, 'file=data.vhdx,size=64M'";

    // Named as asked for, and complete: data disks stay where their VM goes, and the next start takes them.
    private static readonly string[] Disks = ["data.vhdx", "web-disk1.vhdx", "web-disk.vhdx"];

    private readonly SortedDictionary<string, int> _left = new(StringComparer.Ordinal);

    [Fact]
    public void WhatIsLeftIsFoundAndRemoved() => Kill(4, Form.Short);

    [Fact(Explicit = true)]
    public void WhatIsLeftIsFoundAndRemovedAtLength() => Kill(200, Form.Long);

    private void Kill(int kills, Form form)
    {
        // Slow enough that the moments fall into the calls and not only into the compiling of code.
        Environment.SetEnvironmentVariable("HYPERV_QEMU_DELAY", "*=10");
        try
        {
            var before = HostSnapshot.Of(Module);
            var length = Measure();
            var random = new Random(20260901);
            for (var kill = 0; kill < kills; kill++)
            {
                // A moment in each of so many parts of a start, at random within it.
                KillAfter(length * ((kill + random.NextDouble()) / kills));
                Examine();
                Clear();
                Assert.Equal(before, HostSnapshot.Of(Module));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("HYPERV_QEMU_DELAY", null);
        }

        Figures.Tell("SIGKILL during a start", form, $"{kills} kills: {string.Join(", ", _left.Select(left => $"{left.Value} left {left.Key}"))}; all of it found and removed");
    }

    private TimeSpan Measure()
    {
        using var worker = Worker.Start(Module, 1)[0];
        var watch = Stopwatch.StartNew();
        worker.Begin(Start);
        Assert.Equal(["web"], worker.End());
        watch.Stop();
        Clear();
        return watch.Elapsed;
    }

    private void KillAfter(TimeSpan moment)
    {
        using var worker = Worker.Start(Module, 1)[0];
        worker.Begin(Start);
        Thread.Sleep(moment);
        worker.Kill();
    }

    /// <summary>All that there is now bears our mark or our name, and a start of the same name says so.</summary>
    private void Examine()
    {
        var machines = Module.RunWell("Get-VM");
        var found = Module.RunWell("Get-LinuxKitVM");
        Assert.Equal(machines.Select(machine => machine.Id()), found.Select(machine => machine.Id()));
        Assert.All(Module.Files, name => Assert.True(name == "web-efi.iso" || Disks.Contains(name) || MachineName.IsUnfinished(name!), name));

        var machine = found.SingleOrDefault();
        if (machine is not null)
        {
            var isUnfinished = machine.Text("IsUnfinished") == bool.TrueString;
            var error = Module.RunBadly(isUnfinished ? "VMUnfinished" : "VMExists", ErrorCategory.ResourceExists, "Start-LinuxKitVM ./web-efi.iso");
            Assert.Contains(machine.Name(), error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Count(isUnfinished ? "an unfinished VM" : "a finished VM");
        }
        else
        {
            Count(Module.Files.Any(name => MachineName.IsUnfinished(name!)) ? "an unfinished disk" : Module.Files.Count() > 1 ? "a disk" : "nothing");
        }
    }

    private void Clear()
    {
        Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk");
        foreach (var name in Module.Files.Where(name => name != "web-efi.iso"))
        {
            File.Delete(Module[name!]);
        }
    }

    private void Count(string left) => _left[left] = _left.GetValueOrDefault(left) + 1;
}
