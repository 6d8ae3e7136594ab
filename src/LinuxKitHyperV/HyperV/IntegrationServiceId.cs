namespace LinuxKitHyperV.HyperV;

/// <summary>What the Ids of a VM's integration services end with: their names are localised.</summary>
internal static class IntegrationServiceId
{
    /// <summary>The guest's shutdown service.</summary>
    public const string Shutdown = "9F8233AC-BE49-4C79-8EE3-E7E1985B2077";

    /// <summary>The guest's heartbeat.</summary>
    public const string Heartbeat = "84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47";
}
