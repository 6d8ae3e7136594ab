using System;
using System.Collections.Generic;
using System.Linq;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Machines;

/// <summary>The Secure Boot templates that every host has.</summary>
internal static class SecureBootTemplates
{
    private static readonly Dictionary<string, Guid> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MicrosoftWindows"] = FirmwareDefinition.MicrosoftWindows,
        ["MicrosoftUEFICertificateAuthority"] = FirmwareDefinition.MicrosoftUefiCertificateAuthority,
    };

    /// <summary>A template's name; empty where there is no such template.</summary>
    public static string NameOf(Guid id) => Known.FirstOrDefault(template => template.Value == id).Key ?? string.Empty;

    /// <summary>A template's id; null where there is no such template.</summary>
    public static Guid? IdOf(string name) => Known.TryGetValue(name, out var id) ? id : null;
}
