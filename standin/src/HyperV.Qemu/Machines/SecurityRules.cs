using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>What Hyper-V demands before it protects a machine.</summary>
internal static class SecurityRules
{
    /// <summary>Refuses Generation 1.</summary>
    public static void RequireGeneration2(VirtualMachine machine)
    {
        if (machine.Generation == 1)
        {
            throw new VirtualizationException(
                ErrorIdentifier.InvalidParameter,
                $"The Generation 1 virtual machine \"{machine.Name}\" does not support virtual machine security settings.");
        }
    }

    /// <summary>Refuses a machine without a key protector.</summary>
    public static void RequireKeyProtector(VirtualMachine machine)
    {
        if (!machine.Definition.Security.HasKeyProtector())
        {
            throw new VirtualizationException(
                ErrorIdentifier.OperationFailed,
                "The operation failed.\n\nThe selected security settings of a virtual machine cannot be changed without a valid key protector configured.");
        }
    }
}
