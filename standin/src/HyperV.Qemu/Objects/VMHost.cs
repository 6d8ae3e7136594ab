using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>A host, live.</content>
public sealed partial class VMHost
{
    private readonly VirtualizationHost _host;

    internal VMHost(VirtualizationHost host) => _host = host;

    /// <summary>The name.</summary>
    public string Name => _host.Name;

    /// <summary>The name; nothing here has a domain.</summary>
    public string FullyQualifiedDomainName => _host.Name;

    /// <summary>Processors of the host.</summary>
    public int LogicalProcessorCount => Environment.ProcessorCount;

    /// <summary>Memory of the host.</summary>
    public long MemoryCapacity => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Where machines lie.</summary>
    public string VirtualMachinePath => Settings.VirtualMachinePath;

    /// <summary>Where disks lie.</summary>
    public string VirtualHardDiskPath => Settings.VirtualHardDiskPath;

    /// <summary>The first dynamic address.</summary>
    public string MacAddressMinimum => Settings.MacAddressMinimum;

    /// <summary>The last dynamic address.</summary>
    public string MacAddressMaximum => Settings.MacAddressMaximum;

    /// <summary>The host's own adapters.</summary>
    public List<VMInternalNetworkAdapter> InternalNetworkAdapters =>
    [
        .. Settings.Switches
            .Where(candidate => candidate.AllowManagementOS)
            .Select(candidate => new VMInternalNetworkAdapter(_host, candidate)),
    ];

    /// <summary>Configuration versions that machines may have.</summary>
    public IReadOnlyList<string> SupportedVmVersions => _host.MachineVersions;

    /// <summary>Whether enhanced sessions are allowed.</summary>
    public bool EnableEnhancedSessionMode => true;

    /// <inheritdoc/>
    public override bool IsDeleted => false;

    internal override VirtualizationHost Host => _host;

    private HostDefinition Settings => _host.Store.Settings;

    /// <inheritdoc/>
    public override string ToString() => $"VMHost (Name = '{Name}')";
}
