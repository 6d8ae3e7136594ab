namespace LinuxKitHyperV.HyperV;

/// <summary>What helps where a host is not ready: errors and Test-LinuxKitHost say it in the same words.</summary>
internal static class HostRemedy
{
    public const string InstallModule =
        "Enable the Windows feature 'Hyper-V Module for Windows PowerShell' (Microsoft-Hyper-V-Management-PowerShell).";

    public const string StartService =
        "Check that the Virtual Machine Management service (vmms) runs and that you are an administrator or a member of Hyper-V Administrators.";

    public const string AskForRights =
        "Run PowerShell as administrator, or have your account added to the group Hyper-V Administrators (S-1-5-32-578) and sign in again.";

    public const string CheckCredential =
        "Check the name and the password of -Credential, and that the account is an administrator of the host or a member of its group Hyper-V Administrators (S-1-5-32-578).";

    public const string ReachHost =
        "Check the host's name and the network, and that your account may manage the host.";

    public const string StartHypervisor =
        "Enable the Windows feature Microsoft-Hyper-V and virtualization in the firmware, check that 'bcdedit' shows hypervisorlaunchtype Auto, and restart.";

    public const string FreeMemory = "Stop other VMs, or give the VM less memory, with -MemoryStartupBytes or Set-VM.";

    /// <summary>For errors whose cause may be the host.</summary>
    public const string Inspect = "Test-LinuxKitHost tells whether the host itself is ready.";

    public const string MakeSwitch = "This host has no virtual switch: make one with New-VMSwitch, or use -NoNetwork.";
}
