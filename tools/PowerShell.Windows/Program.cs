using Microsoft.PowerShell;

namespace LinuxKitHyperV.PowerShellForWindows;

internal static class Program
{
    public static int Main(string[] args) => UnmanagedPSEntry.Start(args, args.Length);
}
