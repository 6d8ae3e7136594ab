using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Machines;

/// <summary>Tells which disks may be deleted with a VM: those that were made for it, and are attached to it and to no other VM of its host.</summary>
/// <remarks>
/// A mark may be forged, a disk may have moved on to another VM or been given to one as well, and another one may have
/// taken its place.
/// </remarks>
internal sealed class OwnDisks
{
    private const string AnotherDisk = "it is not the one that was made for it.";

    private readonly LinuxKitMachine _machine;
    private readonly DiskUsers _users;
    private readonly IReadOnlyList<string> _attached;

    private OwnDisks(LinuxKitMachine machine, DiskUsers users)
    {
        _machine = machine;
        _users = users;
        _attached = machine.Object.DiskPaths();
    }

    /// <summary>The disks that may be deleted with a VM: its boot disk if that was made of its image, and its data disks.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="withData">Whether the data disks are asked for.</param>
    /// <param name="users">Who has which disks.</param>
    /// <param name="warn">Is told of each that is there and stays, and why.</param>
    public static IReadOnlyList<string> Of(LinuxKitMachine machine, bool withData, DiskUsers users, Action<string> warn)
    {
        if (machine.Mark is not { } mark)
        {
            return [];
        }

        var disks = new OwnDisks(machine, users);
        var own = new List<string>();
        foreach (var disk in new[] { mark.BootDisk }.Concat(withData ? mark.Disks : []).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Where(disks.MayBeThere))
        {
            if (disks.ReasonToKeep(mark, disk) is { } reason)
            {
                warn(Stays(machine.Name, disk, reason));
            }
            else
            {
                own.Add(disk);
            }
        }

        return own;
    }

    /// <summary>Why a disk of this computer is not the one that was made for a VM; null where it is.</summary>
    /// <param name="path">The disk's file.</param>
    /// <param name="made">What the files that were made for the VM are known by.</param>
    /// <exception cref="IOException">Somebody holds it, perhaps for a moment.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, perhaps for a moment.</exception>
    public static string? ReasonNotMade(string path, IReadOnlyCollection<string> made)
    {
        try
        {
            return made.Contains(FileIdentity.OfDisk(path)) ? null : AnotherDisk;
        }
        catch (ImageFormatException)
        {
            return AnotherDisk;
        }
        catch (IOException exception) when (!HeldFile.IsHeld(exception))
        {
            return NotRead(exception);
        }
    }

    /// <summary>What is told of a disk that stays.</summary>
    public static string Stays(string machineName, string disk, string reason) => $"The disk '{disk}' of the VM '{machineName}' stays: {reason}";

    private static string NotRead(Exception exception) => $"it cannot be read, and so is not known to be the one that was made for it. {exception.Message}";

    private bool MayBeThere(string disk) => !_machine.Host.IsLocal || File.Exists(disk);

    private string? ReasonToKeep(OwnershipMark mark, string disk)
    {
        if (!_attached.Any(path => path.Equals(disk, StringComparison.OrdinalIgnoreCase) || (_machine.Host.IsLocal && FilePlace.IsSame(path, disk))))
        {
            return "it is not attached to it any more. A checkpoint attaches a file of its own in a disk's place.";
        }

        return NotMade(mark, disk) ?? _users.ReasonToKeep(_machine, disk);
    }

    private string? NotMade(OwnershipMark mark, string disk)
    {
        if (_machine.Host.IsLocal)
        {
            // Hyper-V keeps the disks of a VM that is on to itself, and for a moment longer. Before one is deleted, it is looked at again.
            try
            {
                return _machine.Object.IsAtRest() ? ReasonNotMade(disk, mark.Made) : null;
            }
            catch (IOException)
            {
                return null;
            }
            catch (UnauthorizedAccessException exception)
            {
                return NotRead(exception);
            }
        }

        return VirtualDisk.Get(_users.HyperV, _machine.Host, disk).Output.Any(found => FileIdentity.OfDisk(found) is { } identity && mark.Made.Contains(identity)) ? null : AnotherDisk;
    }
}
