using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HyperV.Qemu.Disks;
using HyperV.Qemu.Engine;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Hosts;

/// <summary>A host: its state, and the engine that runs its machines.</summary>
internal sealed class VirtualizationHost
{
    /// <summary>The environment variable that moves the state.</summary>
    public const string HomeVariable = "HYPERV_QEMU_HOME";

    /// <summary>The environment variable that names other hosts, separated by semicolons.</summary>
    public const string HostsVariable = "HYPERV_QEMU_HOSTS";

    private VirtualizationHost(string name, string folder)
    {
        Name = name;
        Store = new HostStore(folder);
        Mounts = new MountedDisks(Path.Combine(folder, "mounts"));
        Engine = Engines.For(folder);
    }

    /// <summary>The computer's name.</summary>
    public string Name { get; }

    /// <summary>What the host knows.</summary>
    public HostStore Store { get; }

    /// <summary>The virtual disks that the host itself has mounted.</summary>
    public MountedDisks Mounts { get; }

    /// <summary>What runs the host's machines.</summary>
    public IEngine Engine { get; }

    /// <summary>This computer.</summary>
    public static VirtualizationHost Local => new(Environment.MachineName.ToUpperInvariant(), Home);

    /// <summary>This computer, and all others that are known.</summary>
    public static IEnumerable<VirtualizationHost> All => RemoteHosts.Select(Named).Prepend(Local);

    private static string[] RemoteHosts
        => (Environment.GetEnvironmentVariable(HostsVariable) ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Home
    {
        get
        {
            if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home)
            {
                return Path.GetFullPath(home);
            }

            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } xdg
                ? xdg
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            return Path.Combine(state, "hyperv-qemu");
        }
    }

    /// <summary>Finds a host by the name of its computer.</summary>
    public static VirtualizationHost Named(string computerName)
    {
        string[] local = [".", "localhost", Environment.MachineName];
        if (local.Contains(computerName, StringComparer.OrdinalIgnoreCase))
        {
            return Local;
        }

        var folder = Path.Combine(Home, "hosts", computerName.ToUpperInvariant());
        return RemoteHosts.Contains(computerName, StringComparer.OrdinalIgnoreCase)
            ? new VirtualizationHost(computerName.ToUpperInvariant(), folder)
            : throw Errors.HostNotFound(computerName);
    }
}
