using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Many want the same at once.</summary>
public sealed class RaceTests : FaultTests
{
    // What a storm's cmdlets may meet: another process was there first.
    private static readonly string[] Expected =
    [
        "VMExists", "VMUnfinished", "VMNotFound", "VMStartFailed", "VMRemovalFailed", "VMTurnOffFailed", "VMCreationFailed", "BootDeviceFailed",
        "NetworkConnectionFailed", "ConsoleSetupFailed", "VMConfigurationFailed", "VMNotMadeByLinuxKitHyperV", "VMQueryFailed", "DiskRemovalFailed", "DiskAttachFailed",
    ];

    [Fact]
    public void OfManyThatStartOneNameOneSucceeds() => Race(4, 3, Form.Short);

    [Fact(Explicit = true)]
    public void OfManyThatStartOneNameOneSucceedsEachTime() => Race(16, 50, Form.Long);

    [Fact]
    public void AStormOfStartsAndRemovalsLeavesNothingAndFailsClearly() => Storm(3, 10, Form.Short);

    [Fact(Explicit = true)]
    public void ALongStormOfStartsAndRemovalsLeavesNothingAndFailsClearly() => Storm(8, 200, Form.Long);

    [Theory]
    [InlineData("New-VM", "VMExists", new[] { "theirs" })]
    [InlineData("Set-VMComPort", null, new[] { "ours", "theirs" })]
    public void OfTwoComputersThatMakeOneNameTheFirstSucceeds(string theirMoment, string? errorId, string[] left)
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", "hv02");
        try
        {
            using var other = Module.OpenRunspace();
            Module.Recording.Before = (_, call) =>
            {
                if (call.Command == $"Hyper-V\\{theirMoment}")
                {
                    Module.Recording.Before = null;
                    using var theirs = PowerShell.Create(other).AddScript("$null = New-VM web -ComputerName hv02 -NoVHD; Set-VM web -ComputerName hv02 -Notes theirs");
                    theirs.Invoke();
                }
            };
            const string script = "$null = New-LinuxKitVM ./web-efi.iso -ComputerName hv02 -NoNetwork";
            if (errorId is null)
            {
                Module.RunWell(script);
            }
            else
            {
                Module.RunBadly(errorId, ErrorCategory.ResourceExists, script);
            }

            Assert.Equal(left, Module.RunWell("Get-VM -ComputerName hv02 web").Select(machine => machine.Text("Notes") == "theirs" ? "theirs" : "ours").Order());
        }
        finally
        {
            Environment.SetEnvironmentVariable("HYPERV_QEMU_HOSTS", null);
        }
    }

    [Fact]
    public void AVMThatAnotherComputerIsMakingIsToldBeforeAnythingIsDone()
    {
        var unfinished = MachineName.Unfinished(Guid.NewGuid(), "WEB");
        Module.RunWell($"$null = New-VM {unfinished} -NoVHD");
        Module.Recording.Clear();
        Module.RunBadly("VMUnfinished", ErrorCategory.ResourceExists, "New-LinuxKitVM ./web-efi.iso -Disk size=1");
        Assert.Empty(Module.Recording.Changes);
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name other");
    }

    private void Race(int processes, int rounds, Form form)
    {
        var workers = Worker.Start(Module, processes);
        try
        {
            var errors = 0;
            for (var round = 0; round < rounds; round++)
            {
                foreach (var worker in workers)
                {
                    worker.Begin("Start-LinuxKitVM ./web-efi.iso -Disk size=1");
                }

                var answers = workers.Select(worker => Assert.Single(worker.End())).ToList();
                Assert.Single(answers, answer => answer == "web");
                Assert.Equal(processes - 1, answers.Count(answer => answer == "VMExists"));
                Assert.Single(Module.RunWell("Get-VM"));
                Assert.Equal(["web-disk.vhdx", "web-efi.iso"], Module.Files);
                Module.RunWell("Remove-LinuxKitVM web -Force -RemoveDisk");
                errors += answers.Count(answer => answer == "VMExists");
            }

            Figures.Tell($"{processes} processes start one name at once", form, $"{rounds} rounds: {rounds} VMs, {errors} times VMExists");
        }
        finally
        {
            End(workers);
        }
    }

    private void Storm(int processes, int lines, Form form)
    {
        var random = new Random(9);
        var workers = Worker.Start(Module, processes);
        var answers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        try
        {
            for (var line = 0; line < lines; line++)
            {
                foreach (var worker in workers)
                {
                    var name = "abc"[random.Next(3)];
                    worker.Begin(random.Next(4) switch
                    {
                        0 => $"Remove-LinuxKitVM {name} -Force -RemoveDisk",
                        1 => "$null = Get-LinuxKitVM; 'got'",
                        2 => "Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk",
                        _ => $"$null = Start-LinuxKitVM ./web-efi.iso -Name {name} -Disk 'file={name}.vhdx,size=1' -NoCapture",
                    });
                }

                foreach (var answer in workers.SelectMany(worker => worker.End()))
                {
                    answers[answer] = answers.GetValueOrDefault(answer) + 1;
                }
            }
        }
        finally
        {
            End(workers);
        }

        Assert.Empty(answers.Keys.Where(answer => answer.Length > 0).Except(Expected));
        Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk");
        Assert.Empty(Module.RunWell("Get-VM"));
        Assert.DoesNotContain(Module.Files, name => MachineName.IsUnfinished(name!));
        Figures.Tell("Storm of Start, Get and Remove", form, $"{processes} processes, {processes * lines} commands: {answers.Values.Sum()} clear errors, no other; nothing left");
    }

    private static void End(IEnumerable<Worker> workers)
    {
        foreach (var worker in workers)
        {
            worker.Dispose();
        }
    }
}
