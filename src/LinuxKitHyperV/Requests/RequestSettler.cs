using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Metadata;
using LinuxKitHyperV.Networking;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Requests;

/// <summary>Settles what was asked for: looks at images, disks and switches, each once for all VMs of a cmdlet, and refuses what cannot be.</summary>
/// <param name="hyperV">Hyper-V.</param>
/// <param name="location">What paths are relative to.</param>
/// <param name="warn">Takes what the user should know.</param>
/// <param name="inspect">Finds out what an image is.</param>
/// <param name="wait">How a disk is waited for that somebody holds.</param>
internal sealed class RequestSettler(IHyperV hyperV, PathIntrinsics location, Action<string> warn, Func<string, LinuxKitImage> inspect, PatientWait wait)
{
    private readonly Dictionary<HyperVHost, IReadOnlyList<PSObject>> _switches = [];
    private readonly Dictionary<string, LinuxKitImage> _images = [];
    private readonly DiskUsers _users = new(hyperV);
    private readonly Dictionary<string, string?> _reasons = [];
    private string? _diskFolder;

    /// <summary>What a VM shall be.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="host">The host that it is made on.</param>
    /// <param name="image">Its image, absolute.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="LinuxKitException">It cannot be.</exception>
    /// <exception cref="ParameterRuleException">Parameters do not go together.</exception>
    public MachineSpec Settle(MachineRequest request, HyperVHost host, string image, string name)
    {
        var markId = Guid.NewGuid();
        var folder = Folder(host, name);
        var boot = Boot(request.Boot, host, image, name, folder);
        var disks = Disks(request.Disks, host, name, folder, boot);
        var metadata = Metadata(request.Metadata, host, name, folder);
        return new MachineSpec
        {
            Host = host,
            Name = name,
            ImagePath = image,
            Boot = boot,
            MarkId = markId,
            ProcessorCount = request.ProcessorCount,
            Memory = MachineMemory.Settle(request.Memory.Startup, request.Memory.Minimum, request.Memory.Maximum),
            Disks = disks,
            Metadata = metadata,
            Folder = folder.Own,
            Adapters = Adapters(request.Network, host),
            ConsolePipe = ConsolePipeName.For(name, markId, pipe => host.IsLocal && ConsolePipe.Exists(ConsolePipePath.Parse(pipe))),
        };
    }

    /// <summary>The metadata of a VM, if any was given.</summary>
    /// <exception cref="LinuxKitException">It cannot be metadata.</exception>
    /// <exception cref="ParameterRuleException">It is given twice.</exception>
    public MachineMetadata? Metadata(MetadataRequest request, HyperVHost host, string name) => Metadata(request, host, name, Folder(host, name));

    private MachineMetadata? Metadata(MetadataRequest request, HyperVHost host, string name, MachineFolder folder)
    {
        ParameterRuleException.Require(request.Content is null || request.Path is null, "MetadataPath", "-MetadataPath does not go with -Metadata.");
        if (request.Path is { } given)
        {
            var path = host.IsLocal && !FileName.IsPossible(given) ? throw MachineMetadata.NotFound(given) : location.ToFilePath(host, given);
            return MachineMetadata.IsImageName(path)
                ? MachineMetadata.OfImage(path, name, folder, host.IsLocal)
                : ToMake(File.Exists(path) || Directory.Exists(path) ? MetadataArgument.ToVolume(path) : throw MachineMetadata.NotFound(path));
        }

        return request.Content is null ? null : ToMake(MetadataArgument.ToVolume(request.Content));

        MachineMetadata ToMake(MetadataFolder volume) =>
            MachineMetadata.ToMake(volume, name, folder, host.IsLocal);
    }

    /// <summary>How the consoles of started VMs are captured, by the runspace of the moment; null where they are not.</summary>
    /// <exception cref="LinuxKitException">InvalidPath.</exception>
    public CaptureRequest? Capture(StartRequest request) => request.IsNotCaptured
        ? null
        : new CaptureRequest(Runspace.DefaultRunspace.InstanceId, request.Log is { } log ? log with { Path = location.ToFilePath(log.Path) } : null);

    private MachineBoot Boot(BootWishes wishes, HyperVHost host, string image, string name, MachineFolder folder)
    {
        if (!host.IsLocal)
        {
            return MachineBoot.SettleRemote(image, wishes);
        }

        if (!_images.TryGetValue(image, out var found))
        {
            found = inspect(image);
            _images.Add(image, found);
        }

        var boot = MachineBoot.Settle(found, name, wishes, folder, warn);
        if (boot is { IsDisk: true, ConvertedFrom: null })
        {
            DiskFile.RequireUnused(_users, boot.MediumPath, wait);
        }

        return boot;
    }

    private IReadOnlyList<MachineDisk> Disks(IReadOnlyList<PSObject> given, HyperVHost host, string name, MachineFolder folder, MachineBoot boot)
    {
        var disks = MachineDisks.Settle(
            [.. given.Select(DiskArgument.ToSpec)],
            name,
            folder,
            host.IsLocal,
            boot);
        foreach (var disk in disks.Where(disk => host.IsLocal && !disk.IsMade))
        {
            DiskFile.RequireUnused(_users, disk.Path, wait);
        }

        foreach (var disk in disks.Where(disk => disk.ConvertedFrom is not null))
        {
            warn($"The VM '{name}' gets '{disk.Path}', a copy of '{disk.ConvertedFrom}': {(disk.IsOutOfReach ? "Hyper-V does not reach it there." : "Hyper-V takes no disk of that format.")}");
        }

        return disks;
    }

    private MachineFolder Folder(HyperVHost host, string name)
    {
        if (!host.IsLocal)
        {
            return MachineFolder.Current(path => location.ToFilePath(host, path));
        }

        var current = location.CurrentFileSystemLocation.ProviderPath;
        if (!_reasons.TryGetValue(current, out var reason))
        {
            reason = MachineFolder.ReasonAgainst(current);
            _reasons.Add(current, reason);
        }

        return new MachineFolder(location.ToFilePath, current, reason, () => Path.Combine(_diskFolder ??= DiskFolder(name), FileName.Of(name)), warn);
    }

    /// <summary>Where this computer keeps disks.</summary>
    private string DiskFolder(string machineName)
    {
        var failure = new CallFailure("VMQueryFailed", "Where this host keeps its disks could not be found out.", machineName, HostRemedy.Inspect);
        return hyperV.Invoke(HyperVHost.Local.Call(HyperVCommand.GetVMHost)).OutputOr(failure)[0].Text("VirtualHardDiskPath");
    }

    private IReadOnlyList<MachineAdapter> Adapters(NetworkRequest request, HyperVHost host)
    {
        var (wanted, vlanIds, macAddresses, isNone) = request;
        var switches = isNone ? [] : Switches(wanted, host);
        ParameterRuleException.Require(!isNone || (wanted.Count == 0 && vlanIds.Count == 0 && macAddresses.Count == 0), "NoNetwork", "-NoNetwork does not go with -SwitchName, -VlanId and -MacAddress.");
        ParameterRuleException.Require(vlanIds.Count <= 1 || vlanIds.Count == switches.Count, "VlanId", "-VlanId takes one VLAN, or one for each switch.");
        ParameterRuleException.Require(macAddresses.Count == 0 || macAddresses.Count == switches.Count, "MacAddress", "-MacAddress takes one address for each switch.");
        var addresses = macAddresses.Select(MacAddress.Parse).ToList();
        ParameterRuleException.Require(addresses.Distinct().Count() == addresses.Count, "MacAddress", "-MacAddress takes each address once.");
        MacAddress.RequireFree(hyperV, host, addresses);
        return MachineAdapter.ForEach(switches, addresses, vlanIds);
    }

    private IReadOnlyList<PSObject> Switches(IReadOnlyList<PSObject> wanted, HyperVHost host)
    {
        if (!_switches.TryGetValue(host, out var chosen))
        {
            chosen = SwitchChooser.Choose(hyperV, host, wanted, warn);
            _switches.Add(host, chosen);
        }

        return chosen;
    }
}
