using System;
using System.Linq;
using HyperV.Qemu.Machines;
using HyperV.Qemu.State;

namespace Microsoft.HyperV.PowerShell;

/// <content>The firmware of Generation 2, live.</content>
public sealed partial class VMFirmware
{
    internal VMFirmware(VirtualMachineBase owner) => Owner = owner;

    /// <summary>What it boots from, first to last.</summary>
    public VMBootSource[] BootOrder =>
    [
        .. Definition.BootOrder
            .Select(id => Owner.HardDrives.Concat<Drive>(Owner.DVDDrives).FirstOrDefault(drive => drive.Definition.Id == id)
                ?? (VMComponentObject?)Owner.NetworkAdapters.Find(adapter => adapter.Definition.Id == id))
            .OfType<VMComponentObject>()
            .Select(device => new VMBootSource(Owner, device)),
    ];

    /// <summary>The internet protocol of network boot.</summary>
    public IPProtocolPreference PreferredNetworkBootProtocol => Definition.PreferredNetworkBootProtocol;

    /// <summary>Whether only signed loaders run.</summary>
    public OnOffState SecureBoot => Definition.SecureBoot;

    /// <summary>Whose signatures count.</summary>
    public Guid? SecureBootTemplateId => Definition.SecureBootTemplateId;

    /// <summary>Whose signatures count.</summary>
    public string SecureBootTemplate => SecureBootTemplates.NameOf(Definition.SecureBootTemplateId);

    /// <summary>Where the firmware's own text goes.</summary>
    public ConsoleModeType ConsoleMode => Definition.ConsoleMode;

    /// <summary>Whether it waits when nothing boots.</summary>
    public OnOffState PauseAfterBootFailure => Definition.PauseAfterBootFailure;

    private FirmwareDefinition Definition => Owner.Definition.Firmware;
}
