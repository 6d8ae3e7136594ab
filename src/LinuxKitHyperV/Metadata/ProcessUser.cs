using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Native.Windows;

namespace LinuxKitHyperV.Metadata;

/// <summary>The Windows user that this process runs as: .NET Standard has no WindowsIdentity.</summary>
internal static class ProcessUser
{
    // SECURITY_MAX_SID_SIZE, behind a TOKEN_USER.
    private static readonly int LongestTokenUser = (2 * IntPtr.Size) + 68;

    /// <summary>The user's security identifier, as it is written: the same with and without elevation.</summary>
    /// <exception cref="Win32Exception">Windows does not tell.</exception>
    public static string SecurityIdentifier()
    {
        var user = Marshal.AllocHGlobal(LongestTokenUser);
        try
        {
            if (!Advapi32.GetTokenInformation((IntPtr)Advapi32.CurrentProcessToken, Advapi32.TokenUser, user, LongestTokenUser, out _) ||
                !Advapi32.ConvertSidToStringSid(Marshal.ReadIntPtr(user), out var text))
            {
                throw new Win32Exception();
            }

            try
            {
                return Marshal.PtrToStringUni(text)!;
            }
            finally
            {
                Kernel32.LocalFree(text);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(user);
        }
    }
}
