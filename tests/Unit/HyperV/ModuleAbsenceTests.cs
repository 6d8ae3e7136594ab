using System;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.Tests.HyperV;

/// <summary>What is said where PowerShell does not find Hyper-V's module.</summary>
public sealed class ModuleAbsenceTests
{
    [Theory]
    [InlineData(true, null, "64-bit")]
    [InlineData(true, "None", "64-bit")]
    [InlineData(false, "none", "Import-Module Hyper-V")]
    [InlineData(false, "ModuleQualified", HostRemedy.InstallModule)]
    [InlineData(false, null, HostRemedy.InstallModule)]
    public void ItIsToldWhatHelpsHere(bool is32Bit, string? autoLoading, string expected) =>
        Assert.Contains(expected, ModuleAbsence.Remedy(is32Bit, autoLoading), StringComparison.Ordinal);
}
