using System;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>Reads the objects of Get-VMIntegrationService.</summary>
internal static class IntegrationService
{
    /// <summary>What a guest needs to answer.</summary>
    public const string Requirement = "Only guests with Hyper-V's integration services answer: LinuxKit's kernels from 6.6 on have them built in.";

    /// <summary>Whether a service is the one of that id.</summary>
    /// <param name="service">The service.</param>
    /// <param name="id">One of <see cref="IntegrationServiceId"/>.</param>
    public static bool IsService(this PSObject service, string id) => service.Text("Id").EndsWith(id, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the host lets the service run.</summary>
    public static bool IsEnabled(this PSObject service) => service.Text("Enabled") == bool.TrueString;

    /// <summary>Whether the guest answers: a service that is off says Ok too.</summary>
    public static bool Answers(this PSObject service) => service.IsEnabled() && service.Text("PrimaryOperationalStatus") == "Ok";
}
