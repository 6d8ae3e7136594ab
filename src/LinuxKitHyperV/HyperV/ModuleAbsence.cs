using System;
using System.Management.Automation;
using System.Runtime.InteropServices;

namespace LinuxKitHyperV.HyperV;

/// <summary>Why PowerShell does not find Hyper-V's module, though it may be installed.</summary>
internal static class ModuleAbsence
{
    private const string AutoLoading = "PSModuleAutoLoadingPreference";

    /// <summary>What to do about it in the PowerShell of a cmdlet.</summary>
    public static string RemedyFor(PSCmdlet cmdlet) => Remedy(
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && Environment.Is64BitOperatingSystem && !Environment.Is64BitProcess,
        cmdlet.GetVariableValue(AutoLoading));

    /// <summary>What to do about it.</summary>
    /// <param name="is32Bit">Whether PowerShell is a 32-bit one on a 64-bit Windows.</param>
    /// <param name="autoLoading">What $PSModuleAutoLoadingPreference says.</param>
    public static string Remedy(bool is32Bit, object? autoLoading) =>
        is32Bit ? "This is a 32-bit PowerShell, and Hyper-V's module is for the 64-bit one: start that."
        : $"{autoLoading}".Equals("None", StringComparison.OrdinalIgnoreCase) ? $"${AutoLoading} is None, so PowerShell loads no module by itself: use Import-Module Hyper-V first. If there is none: {HostRemedy.InstallModule}"
        : HostRemedy.InstallModule;
}
