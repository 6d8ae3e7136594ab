using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace HyperV.Qemu.State;

/// <summary>All that a host knows, in one folder that several processes may use at once.</summary>
internal sealed class HostStore
{
    private const string Definition = "machine.json";

    private readonly string _machines;
    private readonly string _settings;

    /// <summary>Opens a folder, and makes it where there is none.</summary>
    public HostStore(string folder)
    {
        Folder = folder;
        _machines = Path.Combine(folder, "machines");
        _settings = Path.Combine(folder, "host.json");
        Directory.CreateDirectory(_machines);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The host's settings and switches.</summary>
    public HostDefinition Settings => AtomicFile.Read<HostDefinition>(_settings) ?? Fresh();

    /// <summary>The ids of all machines.</summary>
    public IEnumerable<Guid> MachineIds()
        => Directory.EnumerateDirectories(_machines)
            .Where(folder => File.Exists(Path.Combine(folder, Definition)))
            .Select(folder => Guid.Parse(Path.GetFileName(folder)));

    /// <summary>Reads a machine; null where there is none.</summary>
    public MachineDefinition? Read(Guid id) => AtomicFile.Read<MachineDefinition>(Path.Combine(MachineFolder(id), Definition));

    /// <summary>Where all of a machine is.</summary>
    public string MachineFolder(Guid id) => Path.Combine(_machines, id.ToString());

    /// <summary>Where the engine keeps what it knows of a machine.</summary>
    public string RuntimeFolder(Guid id) => Path.Combine(MachineFolder(id), "runtime");

    /// <summary>Adds a machine.</summary>
    public void Add(MachineDefinition machine)
    {
        Directory.CreateDirectory(RuntimeFolder(machine.Id));
        AtomicFile.Write(Path.Combine(MachineFolder(machine.Id), Definition), machine);
    }

    /// <summary>Keeps other processes, and other threads, from changing a machine.</summary>
    public IDisposable Lock(Guid id, CancellationToken cancellation = default)
        => FileLock.Take(Path.Combine(_machines, $"{id}.lock"), cancellation);

    /// <summary>Changes a machine.</summary>
    /// <returns>The machine as it is now; null where it is gone.</returns>
    public MachineDefinition? Change(Guid id, Action<MachineDefinition> change)
    {
        using var exclusive = Lock(id);
        return ChangeLocked(id, change);
    }

    /// <summary>Changes a machine that the caller has locked.</summary>
    public MachineDefinition? ChangeLocked(Guid id, Action<MachineDefinition> change)
    {
        if (Read(id) is not { } machine)
        {
            return null;
        }

        change(machine);
        AtomicFile.Write(Path.Combine(MachineFolder(id), Definition), machine);
        return machine;
    }

    /// <summary>Removes a machine that the caller has locked, and all that the engine knows of it.</summary>
    public void RemoveLocked(Guid id)
    {
        // Without its definition a machine does not exist, whatever else is still there.
        File.Delete(Path.Combine(MachineFolder(id), Definition));
        Directory.Delete(MachineFolder(id), recursive: true);
        File.Delete(Path.Combine(_machines, $"{id}.lock"));
    }

    /// <summary>Changes the host's settings or switches.</summary>
    public void ChangeSettings(Action<HostDefinition> change)
    {
        using var exclusive = FileLock.Take(_settings + ".lock");
        var settings = Settings;
        change(settings);
        AtomicFile.Write(_settings, settings);
    }

    private HostDefinition Fresh() => new()
    {
        VirtualMachinePath = Path.Combine(Folder, "Hyper-V"),
        VirtualHardDiskPath = Path.Combine(Folder, "Virtual Hard Disks"),
    };
}
