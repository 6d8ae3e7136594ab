using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LinuxKitHyperV.Metadata;

/// <summary>The Windows user that this process runs as: .NET Standard has no WindowsIdentity.</summary>
internal static class ProcessUser
{
    // What GetCurrentProcessToken of processthreadsapi.h gives: it needs no closing.
    private const int CurrentProcessToken = -4;
    private const int TokenUser = 1;

    // SECURITY_MAX_SID_SIZE, behind a TOKEN_USER.
    private static readonly int LongestTokenUser = (2 * IntPtr.Size) + 68;

    /// <summary>The user's security identifier, as it is written: the same with and without elevation.</summary>
    /// <exception cref="Win32Exception">Windows does not tell.</exception>
    public static string SecurityIdentifier()
    {
        var user = Marshal.AllocHGlobal(LongestTokenUser);
        try
        {
            if (!GetTokenInformation((IntPtr)CurrentProcessToken, TokenUser, user, LongestTokenUser, out _) ||
                !ConvertSidToStringSid(Marshal.ReadIntPtr(user), out var text))
            {
                throw new Win32Exception();
            }

            try
            {
                return Marshal.PtrToStringUni(text)!;
            }
            finally
            {
                LocalFree(text);
            }
        }
        finally
        {
            Marshal.FreeHGlobal(user);
        }
    }

    [DllImport("advapi32.dll", SetLastError = true, ExactSpelling = true)]
    private static extern bool GetTokenInformation(IntPtr token, int kind, IntPtr information, int size, out int needed);

    [DllImport("advapi32.dll", EntryPoint = "ConvertSidToStringSidW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    private static extern bool ConvertSidToStringSid(IntPtr identifier, out IntPtr text);

    [DllImport("kernel32.dll", SetLastError = true, ExactSpelling = true)]
    private static extern IntPtr LocalFree(IntPtr memory);
}
