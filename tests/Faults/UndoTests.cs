using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Tests.Hosting;
using LinuxKitHyperV.Tests.Images;
using Xunit;

namespace LinuxKitHyperV.Faults.Tests;

/// <summary>Whatever call of a start fails, however it fails, and whenever it is stopped: the host is as it was.</summary>
public sealed class UndoTests : FaultTests
{
    // Ids of our errors, by the cmdlet that fails; another one may follow for lack of rights.
    private static readonly Dictionary<string, string[]> ErrorIds = new()
    {
        ["Get-VM"] = ["VMQueryFailed"],
        ["Get-VMSwitch"] = ["SwitchQueryFailed"],
        ["New-VHD"] = ["DiskCreationFailed"],
        ["New-VM"] = ["VMCreationFailed"],
        ["Get-VMNetworkAdapter"] = ["NetworkConnectionFailed", "NetworkQueryFailed"],
        ["Connect-VMNetworkAdapter"] = ["NetworkConnectionFailed"],
        ["Remove-VMNetworkAdapter"] = ["NetworkConnectionFailed"],
        ["Add-VMNetworkAdapter"] = ["NetworkConnectionFailed"],
        ["Set-VMNetworkAdapter"] = ["NetworkConnectionFailed"],
        ["Set-VMNetworkAdapterVlan"] = ["NetworkConnectionFailed"],
        ["Add-VMDvdDrive"] = ["BootDeviceFailed", "MetadataInsertFailed"],
        ["Get-VMDvdDrive"] = ["BootDeviceFailed", "MetadataInsertFailed"],
        ["Set-VMDvdDrive"] = ["BootDeviceFailed", "MetadataInsertFailed"],
        ["Set-VMBios"] = ["BootDeviceFailed"],
        ["Set-VMFirmware"] = ["BootDeviceFailed"],
        ["Set-VMKeyProtector"] = ["TpmSetupFailed"],
        ["Enable-VMTPM"] = ["TpmSetupFailed"],
        ["Add-VMHardDiskDrive"] = ["DiskAttachFailed", "BootDeviceFailed"],
        ["Set-VMComPort"] = ["ConsoleSetupFailed"],
        ["Set-VM"] = ["VMConfigurationFailed"],
        ["Start-VM"] = ["VMStartFailed"],
    };

    // The contract's identifiers; Hyper-V can give each of them for a failure inside the host.
    private static readonly string[] AllIdentifiers =
    [
        "OperationFailed", "AccessDenied", "ObjectNotFound", "InvalidParameter", "Unspecified",
        "OutOfMemory", "InvalidState", "InvalidOperation", "NotSupported", "ObjectInUse",
    ];

    // In milliseconds: a stop comes while the call goes on, or, on a busy computer, some time after.
    private const int TimeOfACall = 40;

    private readonly List<string> _leftovers = [];
    private int _cases;
    private int _whole;

    public UndoTests()
    {
        Module.RunWell("$null = New-VHD ./old.vhdx -SizeBytes 10MB; $null = New-VMSwitch net -SwitchType Internal; $null = New-VMSwitch lan -SwitchType Private");
    }

    /// <summary>The kinds of start.</summary>
    public static TheoryData<string, string> Starts => new()
    {
        { "ISO", "Start-LinuxKitVM ./web-efi.iso" },
        { "ISO without a network and a capture", "Start-LinuxKitVM ./web-efi.iso -NoNetwork -NoCapture" },
        { "ISO with a new log", "Start-LinuxKitVM ./web-efi.iso -ConsoleLogPath new.log" },
        { "ISO with a log that is there", "Start-LinuxKitVM ./web-efi.iso -ConsoleLogPath old.log" },
        { "ISO with new and old disks", "Start-LinuxKitVM ./web-efi.iso -Disk size=1, 'file=old.vhdx,size=1', 'file=new.vhdx,size=64M'" },
        { "ISO with metadata, a VLAN and dynamic memory", "Start-LinuxKitVM ./web-efi.iso -Metadata secret -SwitchName net -VlanId 5 -MemoryMaximumBytes 2GB" },
        { "ISO made and not started", "New-LinuxKitVM ./web-efi.iso -Disk size=1" },
        { "ISO for BIOS", "Start-LinuxKitVM ./web.iso -Metadata secret" },
        { "ISO with a TPM, two switches and their addresses", "Start-LinuxKitVM ./web-efi.iso -Tpm -SwitchName net, lan -MacAddress 00155D010203, 00155D010204" },
        { "disk image for UEFI, converted", "Start-LinuxKitVM ./web.img -Name web" },
        { "disk image for BIOS, converted, and another as data", "Start-LinuxKitVM ./old.img -Name web -Disk web.img" },
        { "VHDX, copied", "Start-LinuxKitVM ./boot.vhdx -Name web" },
        { "VHD, attached as it is", "Start-LinuxKitVM ./boot.vhd -Name web -NoCopy" },
    };

    /// <summary>More, whose calls are those of other disk images.</summary>
    public static TheoryData<string, string> StartsOfOtherFormats => new()
    {
        { "qcow2, converted", "Start-LinuxKitVM ./web.qcow2 -Name web" },
        { "VMDK, converted, with metadata", "Start-LinuxKitVM ./web.vmdk -Name web -Metadata secret" },
        { "disk image in a tar, converted", "Start-LinuxKitVM ./web.img.tar.gz -Name web" },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void AStartThatFailsOrIsStoppedLeavesNothing(string kind, string script) => Try(kind, script, Form.Short, [AllIdentifiers[0]]);

    [Theory(Explicit = true)]
    [MemberData(nameof(Starts))]
    [MemberData(nameof(StartsOfOtherFormats))]
    public void AStartThatFailsInEveryWayLeavesNothing(string kind, string script) => Try(kind, script, Form.Long, AllIdentifiers);

    [Fact]
    public void WhatCannotBeUndoneIsToldAndCanBeRemoved()
    {
        const string script = "Start-LinuxKitVM ./web-efi.iso -Disk size=1";
        var before = HostSnapshot.Of(Module);
        var undos = new[] { "Get-VM:2", "Remove-VM:1", "Stop-VM:1" };
        foreach (var (undo, identifier) in undos.SelectMany(_ => AllIdentifiers, (undo, identifier) => (undo, identifier)))
        {
            // Get-VM's not-found means that nothing is left.
            if (undo == "Get-VM:2" && identifier is "ObjectNotFound" or "InvalidParameter")
            {
                continue;
            }

            HostedModule.Fail($"Start-VM:1=OutOfMemory@After;{undo}={identifier}");
            Module.RunBadly("VMStartFailed", ErrorCategory.ResourceUnavailable, script);

            // A VM that is between two states is tried again.
            if (identifier == "InvalidState" && undo != "Get-VM:2")
            {
                Assert.Empty(Module.Warnings);
                Assert.Equal(before, HostSnapshot.Of(Module));
            }
            else
            {
                Assert.Contains("Left behind", Assert.Single(Module.Warnings), StringComparison.Ordinal);
                Assert.Contains("Remove-LinuxKitVM", Module.Warnings[0], StringComparison.Ordinal);
            }

            HostedModule.Fail(null);
            Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk");
            Assert.Equal(before, HostSnapshot.Of(Module));
            _cases++;
        }

        Figures.Tell("Start and its undo both fail", Form.Short, $"{_cases} cases, each told with a remedy that works");
    }

    private void Try(string kind, string script, Form form, string[] identifiers)
    {
        Prepare(script);
        Module.Recording.Clear();
        Module.RunWell(script);
        var calls = Module.Recording.Calls.Select(call => call.Command["Hyper-V\\".Length..]).ToList();
        Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk");
        var before = HostSnapshot.Of(Module);

        for (var index = 0; index < calls.Count; index++)
        {
            foreach (var plan in identifiers.SelectMany<string, string>(identifier => [identifier, identifier + "@After"]))
            {
                FailAt(calls, index, plan, script, before);
            }

            foreach (var moment in Enum.GetValues<Moment>())
            {
                StopAt(calls, index, moment, script, before);
            }
        }

        var failed = identifiers.Length * 2 * calls.Count;
        Figures.Tell(
            $"Undo: {kind}",
            form,
            $"{calls.Count} calls, {failed} failures and {_cases - failed} stops: {_leftovers.Count} left something ({_whole} stops came when the VM was whole)");
        Assert.True(_leftovers.Count == 0, string.Join('\n', _leftovers));
    }

    /// <summary>Makes the files that a script names, and no others: all there are are compared after each case.</summary>
    private void Prepare(string script)
    {
        const string convert = "param($from, $to) $null = ConvertTo-LinuxKitDisk $from $to";
        var disk = Module["efi.img"];
        File.WriteAllBytes(disk, TestImage.EfiDisk());
        var biosDisk = Module["bios.img"];
        File.WriteAllBytes(biosDisk, TestImage.BiosDisk());
        var files = new Dictionary<string, Action<string>>
        {
            ["old.log"] = path => File.WriteAllText(path, "what the last boot said"),
            ["web.iso"] = path => File.WriteAllBytes(path, TestImage.BiosIso()),
            ["old.img"] = path => File.WriteAllBytes(path, TestImage.BiosDisk()),
            ["web.img"] = path => File.Copy(disk, path),
            ["web.img.tar.gz"] = path => File.WriteAllBytes(path, GzipTar.Of(TestImage.EfiDisk())),
            ["web.qcow2"] = path => QemuImg.Convert(disk, path, "qcow2"),
            ["web.vmdk"] = path => QemuImg.Convert(disk, path, "vmdk", "-o", "subformat=streamOptimized"),
            ["boot.vhdx"] = path => Module.RunWell(convert, disk, path),

            // Generation 2 has no VHD.
            ["boot.vhd"] = path => Module.RunWell(convert, biosDisk, path),
        };
        foreach (var name in script.Split(' ').Select(Path.GetFileName).OfType<string>().Where(files.ContainsKey))
        {
            files[name](Module[name]);
        }

        File.Delete(disk);
        File.Delete(biosDisk);
    }

    private void FailAt(List<string> calls, int index, string plan, string script, IReadOnlyList<string> before)
    {
        var cmdlet = calls[index];
        HostedModule.Fail($"{cmdlet}:{calls.Take(index + 1).Count(call => call == cmdlet)}={plan}");
        Module.Run(script);
        var shown = Module.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).ToList();
        HostedModule.Fail(null);
        var isFirstError = shown.Count == 1 && ErrorIds[cmdlet].Any(id => shown[0] == id || shown[0] == id + "AccessDenied");
        Compare($"{cmdlet} ({index}) {plan}{(isFirstError ? string.Empty : $" shows '{string.Join(", ", shown)}'")}", isFirstError, before);
    }

    private void StopAt(List<string> calls, int index, Moment moment, string script, IReadOnlyList<string> before)
    {
        Module.Recording.Clear();
        using var powerShell = Module.Script(script);
        Task stop = Task.CompletedTask;
        Module.Recording.Before = (at, _) =>
        {
            if (at == index && moment == Moment.Before)
            {
                Stop(powerShell);
            }
            else if (at == index && moment == Moment.During)
            {
                HostedModule.Delay($"{calls[index]}={TimeOfACall}");
                stop = Task.Run(() => powerShell.Stop());
            }
        };
        Module.Recording.After = (at, _) =>
        {
            HostedModule.Delay(null);
            if (at == index && moment == Moment.After)
            {
                Stop(powerShell);
            }
        };
        powerShell.Invoke();
        stop.Wait(TestContext.Current.CancellationToken);
        Module.Recording.Before = null;
        Module.Recording.After = null;

        // A stop that comes when the last call has been made may come too late, however slow this computer is.
        if (Module.Recording.Calls.Count >= calls.Count && Module.RunWell("Get-LinuxKitVM | Where-Object { !$_.IsUnfinished }").Count == 1)
        {
            _whole++;
            Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk");
        }

        Compare($"{calls[index]} ({index}) stopped {moment}", true, before);
    }

    private static void Stop(PowerShell powerShell)
    {
        powerShell.BeginStop(null, null);
        SpinWait.SpinUntil(() => powerShell.InvocationStateInfo.State == PSInvocationState.Stopping, TimeSpan.FromSeconds(30));
    }

    private void Compare(string what, bool isWell, IReadOnlyList<string> before)
    {
        _cases++;
        var after = HostSnapshot.Of(Module);
        if (!isWell || !before.SequenceEqual(after))
        {
            _leftovers.Add($"{what}: {string.Join("; ", after.Except(before).Concat(before.Except(after).Select(gone => "gone: " + gone)))}");

            // The cases that follow begin anew.
            Module.RunWell("Get-LinuxKitVM | Remove-LinuxKitVM -Force -RemoveDisk");
        }
    }

    private enum Moment
    {
        Before,
        During,
        After,
    }
}
