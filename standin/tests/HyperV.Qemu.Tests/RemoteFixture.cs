using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.Machines;
using HyperV.Qemu.Testing;
using HyperV.Qemu.Tests.Contract;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Tests;

/// <summary>Another host with a machine of each generation, and an object of each kind that a parameter takes.</summary>
public sealed class RemoteFixture : IDisposable
{
    /// <summary>The other host.</summary>
    public const string Computer = "hv02";

    /// <summary>The machine that is only there to be left alone by calls that name the first.</summary>
    public const string OtherMachine = "new";

    private const string Machine = "web";

    public RemoteFixture()
    {
        Environment.SetEnvironmentVariable(VirtualizationHost.HostsVariable, Computer);
        Session.RunWell($$"""
            $host2 = @{ ComputerName = '{{Computer}}' }
            New-VHD d.vhdx -SizeBytes 64MB; New-VHD child.vhdx -ParentPath d.vhdx -Differencing; New-VMSwitch lab -SwitchType Private @host2
            $vm = New-VM {{Machine}} -VHDPath d.vhdx @host2
            $new = New-VM {{OtherMachine}} -Generation 2 @host2; $new | Add-VMDvdDrive
            Checkpoint-VM {{Machine}} -SnapshotName first @host2
            """);
        Objects =
        [
            .. Session.Run("""
                $vm; Get-VMSnapshot -VM $vm; Get-VMNetworkAdapter -VM $vm; $vm.HardDrives; $new.DVDDrives; Get-VMScsiController -VM $vm; $vm.ComPort1
                Get-VMBios -VM $vm; Get-VMFirmware -VM $new; Get-VMMemory -VM $vm; Get-VMProcessor -VM $vm; Get-VMIntegrationService -VM $vm
                Get-VMSwitch lab @host2; (Get-VMHost @host2).CimSession
                """).Select(found => found.BaseObject),
        ];
        Arguments = new CmdletArguments(Objects, new Dictionary<string, object>
        {
            ["ComputerName"] = Computer,
            ["DestinationHost"] = "localhost",
            ["DestinationPath"] = Session["new.vhdx"],
            ["Name"] = Machine,
            ["NetAdapterInterfaceDescription"] = "Ethernet",
            ["NetAdapterName"] = "Ethernet",
            ["NewName"] = "renamed",
            ["NewVHDPath"] = Session["new.vhdx"],
            ["NewVHDSizeBytes"] = 64UL << 20,
            ["ParentPath"] = Session["d.vhdx"],
            ["Path"] = Session["child.vhdx"],
            ["SizeBytes"] = 128UL << 20,
            ["SwitchName"] = "lab",
            ["VHDPath"] = Session["d.vhdx"],
            ["VMName"] = Machine,
        });
        CopyMachines(State, Kept);
    }

    /// <summary>The session.</summary>
    public StandInSession Session { get; } = new();

    /// <summary>An object of each kind, all of the other host.</summary>
    public IReadOnlyList<object> Objects { get; }

    /// <summary>Arguments for parameters, of the other host where they are objects.</summary>
    internal CmdletArguments Arguments { get; }

    /// <summary>Those that are a machine, or belong to one.</summary>
    public IEnumerable<object> MachineObjects => Objects.OfType<VirtualizationObject>().Where(part => part.OwningMachine is not null);

    /// <summary>All files, each with its length and when it was written.</summary>
    public List<string> Files =>
    [
        .. new[] { Session.Folder, Session.State }.SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            .Where(file => file.Extension != ".lock")
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The names of the machines that are there.</summary>
    public IEnumerable<string> Machines => Session.Run($"Get-VM -ComputerName {Computer}").Select(machine => ((VirtualMachine)machine.BaseObject).Name);

    private string State => Path.Combine(Session.State, "hosts", Computer.ToUpperInvariant(), "machines");

    private string Kept => Session["kept"];

    public void Dispose() => Session.Dispose();

    /// <summary>The calls of a cmdlet that are for the other host.</summary>
    internal IEnumerable<CmdletCall> CallsOf(string cmdlet) => CmdletCall.Of(Session.One<CmdletInfo>($"Get-Command Hyper-V\\{cmdlet}"), Computer, Arguments);

    /// <summary>Brings back machines that are gone.</summary>
    public void Restore()
    {
        Directory.Delete(State, recursive: true);
        CopyMachines(Kept, State);
    }

    private static void CopyMachines(string from, string to)
    {
        foreach (var machine in Directory.EnumerateDirectories(from))
        {
            var copy = Path.Combine(to, Path.GetFileName(machine));
            MachineFolders.Copy(machine, copy);
            MachineFolders.CopyAll(machine, copy);
        }
    }
}
