using System;
using System.Runtime.InteropServices;

namespace LinuxKitHyperV.Native.Windows;

/// <summary>What the module needs of Windows for the rights to its files, and their encryption.</summary>
internal static class Advapi32
{
    /// <summary>What GetCurrentProcessToken of processthreadsapi.h gives: it needs no closing.</summary>
    public const int CurrentProcessToken = -4;

    public const int TokenUser = 1;

    /// <summary>SDDL_REVISION_1.</summary>
    public const uint DescriptorRevision = 1;

    [DllImport("advapi32.dll", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    public static extern bool ConvertDescriptor(string text, uint revision, out IntPtr descriptor, IntPtr length);

    [DllImport("advapi32.dll", SetLastError = true, ExactSpelling = true)]
    public static extern bool GetTokenInformation(IntPtr token, int kind, IntPtr information, int size, out int needed);

    [DllImport("advapi32.dll", EntryPoint = "DecryptFileW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    public static extern bool DecryptFile(string path, uint reserved);

    [DllImport("advapi32.dll", EntryPoint = "ConvertSidToStringSidW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    public static extern bool ConvertSidToStringSid(IntPtr identifier, out IntPtr text);
}
