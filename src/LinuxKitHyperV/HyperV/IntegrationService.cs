using System;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>Reads the objects of Get-VMIntegrationService.</summary>
internal static class IntegrationService
{
    /// <summary>Whether a service is the one of that id.</summary>
    /// <param name="service">The service.</param>
    /// <param name="id">One of <see cref="IntegrationServiceId"/>.</param>
    public static bool IsService(this PSObject service, string id) => service.Text("Id").EndsWith(id, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the host lets the service run.</summary>
    public static bool IsEnabled(this PSObject service) => service.Text("Enabled") == bool.TrueString;

    /// <summary>Whether the guest answers: a service that is off says Ok too.</summary>
    public static bool Answers(this PSObject service) => service.IsEnabled() && service.Text("PrimaryOperationalStatus") == "Ok";
}

/// <summary>What the Ids of a VM's integration services end with: their names are localised.</summary>
internal static class IntegrationServiceId
{
    /// <summary>The guest's shutdown service.</summary>
    public const string Shutdown = "9F8233AC-BE49-4C79-8EE3-E7E1985B2077";

    /// <summary>The guest's heartbeat.</summary>
    public const string Heartbeat = "84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47";
}
