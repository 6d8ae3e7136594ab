using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Machines;

/// <summary>Tells which disks may be deleted with a VM: those that were made for it, and are attached to it and to no other VM of its host.</summary>
/// <remarks>
/// A mark may be forged, a disk may have moved on to another VM or been given to one as well, and another one may have
/// taken its place.
/// </remarks>
internal sealed class OwnDisks
{
    private readonly LinuxKitMachine _machine;
    private readonly IHyperV _hyperV;
    private readonly IReadOnlyList<string> _attached;
    private HyperVResult? _machines;
    private ILookup<string, string>? _users;

    private OwnDisks(LinuxKitMachine machine, IHyperV hyperV)
    {
        _machine = machine;
        _hyperV = hyperV;
        _attached = machine.Object.DiskPaths();
    }

    /// <summary>The disks that may be deleted with a VM: its boot disk if that was made of its image, and its data disks.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="withData">Whether the data disks are asked for.</param>
    /// <param name="hyperV">Hyper-V.</param>
    /// <param name="warn">Is told of each that is there and stays, and why.</param>
    public static IReadOnlyList<string> Of(LinuxKitMachine machine, bool withData, IHyperV hyperV, Action<string> warn)
    {
        if (machine.Mark is not { } mark)
        {
            return [];
        }

        var disks = new OwnDisks(machine, hyperV);
        var own = new List<string>();
        foreach (var disk in new[] { mark.BootDisk }.Concat(withData ? mark.Disks : []).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Where(disks.MayBeThere))
        {
            if (disks.ReasonToKeep(mark, disk) is { } reason)
            {
                warn($"The disk '{disk}' of the VM '{machine.Name}' stays: {reason}");
            }
            else
            {
                own.Add(disk);
            }
        }

        return own;
    }

    private bool TellsCaseApart => _machine.Host.IsLocal && RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    private bool MayBeThere(string disk) => !_machine.Host.IsLocal || File.Exists(disk);

    private string? ReasonToKeep(OwnershipMark mark, string disk)
    {
        if (!_attached.Contains(disk, StringComparer.OrdinalIgnoreCase))
        {
            return "it is not attached to it any more. A checkpoint attaches a file of its own in a disk's place.";
        }

        return IsMade(mark, disk) ? UseByOthers(disk) : "it is not the one that was made for it.";
    }

    private bool IsMade(OwnershipMark mark, string disk) =>
        VirtualDisk.Get(_hyperV, _machine.Host, disk).Output.Any(found => FileIdentity.OfDisk(found) is { } identity && mark.Made.Contains(identity));

    private string? UseByOthers(string disk)
    {
        _machines ??= _hyperV.Invoke(_machine.Host.Call(HyperVCommand.GetVM));
        if (_machines.FirstError is { } error)
        {
            return $"Hyper-V did not list its VMs, and another one may have it. {error.Exception.Message}";
        }

        _users ??= _machines.Output
            .Where(other => other.Id() != _machine.Id)
            .SelectMany(other => other.DiskPaths(), (other, path) => (Path: path, Name: other.Name()))
            .ToLookup(use => use.Path, use => use.Name, TellsCaseApart ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        return _users[disk].FirstOrDefault() is { } user ? $"the VM '{user}' has it too." : null;
    }
}
