using System;
using System.Collections.Generic;
using System.Globalization;

namespace HyperV.Qemu.State;

/// <summary>A host's settings and switches, as they are kept.</summary>
internal sealed class HostDefinition
{
    /// <summary>The configuration version of a new machine.</summary>
    public const string DefaultVersion = "12.0";

    /// <summary>The configuration versions that a machine may have in Windows Server 2016.</summary>
    public static readonly string[] Server2016Versions = ["5.0", "6.2", "7.0", "7.1", "8.0"];

    /// <summary>Those of today's Windows.</summary>
    public static readonly string[] SupportedVersions = ["8.0", "8.1", "8.2", "8.3", "9.0", "9.1", "9.2", "9.3", "10.0", "11.0", DefaultVersion];

    public string VirtualMachinePath { get; set; } = string.Empty;

    public string VirtualHardDiskPath { get; set; } = string.Empty;

    public string MacAddressMinimum { get; set; } = "00155D380100";

    public string MacAddressMaximum { get; set; } = "00155D3801FF";

    /// <summary>How many dynamic addresses were given away.</summary>
    public int MacAddressesAssigned { get; set; }

    public List<SwitchDefinition> Switches { get; set; } = [SwitchDefinition.DefaultSwitch()];

    /// <summary>Takes the next address of the range; after the last one, the first again.</summary>
    public string NextMacAddress()
    {
        var minimum = Convert.ToInt64(MacAddressMinimum, 16);
        var count = Convert.ToInt64(MacAddressMaximum, 16) - minimum + 1;
        return (minimum + (MacAddressesAssigned++ % count)).ToString("X12", CultureInfo.InvariantCulture);
    }
}
