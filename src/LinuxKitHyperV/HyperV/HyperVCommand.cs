namespace LinuxKitHyperV.HyperV;

/// <summary>The cmdlets that this module calls: module-qualified, so that no other product's Get-VM is called instead.</summary>
internal static class HyperVCommand
{
    /// <summary>The name of the module.</summary>
    public const string Module = "Hyper-V";

    /// <summary>A name that other products' modules have too.</summary>
    public const string UnqualifiedGetVM = "Get-VM";

    public const string GetVMHost = @"Hyper-V\Get-VMHost";
    public const string GetVM = @"Hyper-V\Get-VM";
    public const string NewVM = @"Hyper-V\New-VM";
    public const string SetVM = @"Hyper-V\Set-VM";
    public const string StartVM = @"Hyper-V\Start-VM";
    public const string StopVM = @"Hyper-V\Stop-VM";
    public const string ResumeVM = @"Hyper-V\Resume-VM";
    public const string RemoveVM = @"Hyper-V\Remove-VM";
    public const string GetVMIntegrationService = @"Hyper-V\Get-VMIntegrationService";
    public const string GetVMSwitch = @"Hyper-V\Get-VMSwitch";
    public const string GetVMNetworkAdapter = @"Hyper-V\Get-VMNetworkAdapter";
    public const string ConnectVMNetworkAdapter = @"Hyper-V\Connect-VMNetworkAdapter";
    public const string AddVMNetworkAdapter = @"Hyper-V\Add-VMNetworkAdapter";
    public const string SetVMNetworkAdapter = @"Hyper-V\Set-VMNetworkAdapter";
    public const string SetVMNetworkAdapterVlan = @"Hyper-V\Set-VMNetworkAdapterVlan";
    public const string RemoveVMNetworkAdapter = @"Hyper-V\Remove-VMNetworkAdapter";
    public const string AddVMDvdDrive = @"Hyper-V\Add-VMDvdDrive";
    public const string GetVMDvdDrive = @"Hyper-V\Get-VMDvdDrive";
    public const string SetVMDvdDrive = @"Hyper-V\Set-VMDvdDrive";
    public const string RemoveVMDvdDrive = @"Hyper-V\Remove-VMDvdDrive";
    public const string AddVMHardDiskDrive = @"Hyper-V\Add-VMHardDiskDrive";
    public const string GetVHD = @"Hyper-V\Get-VHD";
    public const string NewVHD = @"Hyper-V\New-VHD";
    public const string SetVMFirmware = @"Hyper-V\Set-VMFirmware";
    public const string SetVMBios = @"Hyper-V\Set-VMBios";
    public const string SetVMKeyProtector = @"Hyper-V\Set-VMKeyProtector";
    public const string EnableVMTPM = @"Hyper-V\Enable-VMTPM";
    public const string SetVMComPort = @"Hyper-V\Set-VMComPort";

    // What Windows tells, and Hyper-V does not.
    public const string GetNetNeighbor = @"NetTCPIP\Get-NetNeighbor";
    public const string GetCimInstance = @"CimCmdlets\Get-CimInstance";
}
