using System;
using HyperV.Qemu.Hosts;

namespace Microsoft.HyperV.PowerShell;

/// <content>A configuration version that machines may have.</content>
public sealed partial class VMHostSupportedVersion
{
    private readonly VirtualizationHost _host;

    internal VMHostSupportedVersion(VirtualizationHost host, string version)
    {
        _host = host;
        Version = Version.Parse(version);
    }

    /// <summary>The name.</summary>
    public string Name => $"Configuration version {Version}";

    /// <summary>The version.</summary>
    public Version Version { get; }

    /// <summary>Whether new machines have it.</summary>
    public bool IsDefault => Version.ToString() == _host.MachineVersions[^1];

    /// <inheritdoc/>
    public override bool IsDeleted => false;

    internal override VirtualizationHost Host => _host;
}
