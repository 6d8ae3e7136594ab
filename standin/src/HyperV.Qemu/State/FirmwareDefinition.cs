using System;
using System.Collections.Generic;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.State;

/// <summary>How a machine boots, as it is kept.</summary>
internal sealed class FirmwareDefinition
{
    /// <summary>The template for Windows.</summary>
    public static readonly Guid MicrosoftWindows = new("1734c6e8-3154-4dda-ba5f-a874cc483422");

    /// <summary>The template for other systems' signed loaders.</summary>
    public static readonly Guid MicrosoftUefiCertificateAuthority = new("272e7447-90a4-4563-a4b9-8e4ab00526ce");

    /// <summary>Generation 2: drives and adapters, first to last.</summary>
    public List<Guid> BootOrder { get; set; } = [];

    /// <summary>Generation 1: kinds of device, first to last.</summary>
    public List<BootDevice> StartupOrder { get; set; } =
        [BootDevice.CD, BootDevice.IDE, BootDevice.LegacyNetworkAdapter, BootDevice.Floppy];

    public bool NumLockEnabled { get; set; }

    public OnOffState SecureBoot { get; set; } = OnOffState.On;

    public Guid SecureBootTemplateId { get; set; } = MicrosoftWindows;

    public ConsoleModeType ConsoleMode { get; set; }

    public IPProtocolPreference PreferredNetworkBootProtocol { get; set; }

    public OnOffState PauseAfterBootFailure { get; set; } = OnOffState.Off;
}
