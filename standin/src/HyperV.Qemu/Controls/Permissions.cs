using System;
using System.Linq;
using System.Management.Automation;
using HyperV.Qemu.Hosts;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Controls;

/// <summary>Who may do what; everybody everything, unless the environment says otherwise.</summary>
internal static class Permissions
{
    /// <summary>The environment variable that names the hosts on which this user may do nothing; <c>*</c> for all.</summary>
    public const string DenyVariable = "HYPERV_QEMU_DENY";

    /// <summary>The environment variable that names the users whose credentials are refused; <c>*</c> for all.</summary>
    public const string RefuseVariable = "HYPERV_QEMU_REFUSE_CREDENTIAL";

    /// <summary>Checks a call.</summary>
    /// <exception cref="VirtualizationException">It may not be made.</exception>
    public static void Check(VirtualizationHost host, PSCredential? credential)
    {
        if (credential is not null && IsListed(RefuseVariable, credential.UserName))
        {
            throw new VirtualizationException(ErrorIdentifier.AccessDenied, "The user name or password is incorrect.");
        }

        if (IsListed(DenyVariable, host.Name))
        {
            throw new VirtualizationException(
                ErrorIdentifier.Unspecified,
                $"You do not have the required permission to complete this task. Contact the administrator of the authorization policy for the computer '{host.Name}'.");
        }
    }

    private static bool IsListed(string variable, string name)
        => (Environment.GetEnvironmentVariable(variable) ?? string.Empty)
            .Split(';', StringSplitOptions.TrimEntries)
            .Any(entry => entry == "*" || entry.Equals(name, StringComparison.OrdinalIgnoreCase));
}
