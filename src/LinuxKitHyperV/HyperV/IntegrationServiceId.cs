namespace LinuxKitHyperV.HyperV;

/// <summary>What the Ids of a VM's integration services end with: their names are localised.</summary>
internal static class IntegrationServiceId
{
    /// <summary>The guest's shutdown service.</summary>
    public const string Shutdown = "9F8233AC-BE49-4C79-8EE3-E7E1985B2077";
}
