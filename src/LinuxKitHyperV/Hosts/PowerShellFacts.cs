using System;

namespace LinuxKitHyperV.Hosts;

/// <summary>What a cmdlet knows of the PowerShell that it runs in.</summary>
/// <param name="Version">PowerShell's version and edition.</param>
/// <param name="IsSupported">Whether this module supports it.</param>
/// <param name="ModuleVersion">The version of the Hyper-V module; null where there is none.</param>
/// <param name="ForeignGetVM">The module whose Get-VM is called without a module's name, if it is not Hyper-V's.</param>
internal sealed record PowerShellFacts(string Version, bool IsSupported, Version? ModuleVersion, string? ForeignGetVM);
