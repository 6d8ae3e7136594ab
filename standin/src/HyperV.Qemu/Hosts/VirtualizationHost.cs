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

    /// <summary>The environment variable that names other hosts, separated by semicolons; <c>hv16:14393</c> has the Windows of that build.</summary>
    public const string HostsVariable = "HYPERV_QEMU_HOSTS";

    private const string Server2016 = "14393";

    private VirtualizationHost(string name, string folder, bool isServer2016 = false)
    {
        Name = name;
        IsServer2016 = isServer2016;
        Store = new HostStore(folder);
        Mounts = new MountedDisks(Path.Combine(folder, "mounts"));
        Engine = Engines.For(folder);
    }

    /// <summary>The computer's name.</summary>
    public string Name { get; }

    /// <summary>Whether its Windows is Windows Server 2016, and not today's.</summary>
    public bool IsServer2016 { get; }

    /// <summary>The configuration versions that its machines may have; a new machine has the last.</summary>
    public IReadOnlyList<string> MachineVersions => IsServer2016 ? HostDefinition.Server2016Versions : HostDefinition.SupportedVersions;

    /// <summary>What the host knows.</summary>
    public HostStore Store { get; }

    /// <summary>The virtual disks that the host itself has mounted.</summary>
    public MountedDisks Mounts { get; }

    /// <summary>What runs the host's machines.</summary>
    public IEngine Engine { get; }

    /// <summary>This computer.</summary>
    public static VirtualizationHost Local => new(Environment.MachineName.ToUpperInvariant(), Home);

    /// <summary>This computer, and all others that are known.</summary>
    public static IEnumerable<VirtualizationHost> All => RemoteHosts.Prepend(Local);

    private static IEnumerable<VirtualizationHost> RemoteHosts
        => (Environment.GetEnvironmentVariable(HostsVariable) ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Remote);

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

        return RemoteHosts.FirstOrDefault(host => string.Equals(host.Name, computerName, StringComparison.OrdinalIgnoreCase)) ?? throw Errors.HostNotFound(computerName);
    }

    private static VirtualizationHost Remote(string host)
    {
        var parts = host.Split(':');
        var name = parts[0].ToUpperInvariant();
        return parts is [_] or [_, Server2016]
            ? new VirtualizationHost(name, Path.Combine(Home, "hosts", name), parts.Length > 1)
            : throw new FormatException($"{HostsVariable}: '{host}' is no host, and no host with the build {Server2016}.");
    }
}
