using System;
using System.IO;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>A person's PowerShell for several tests, with some VMs whose guests are what the tests make of them.</summary>
public sealed class TypedSession : IDisposable
{
    public TypedSession()
    {
        Module.AddImage("build [1]-efi.iso");
        File.WriteAllText(Module["notes.txt"], "notes\n");
        Module.RunWell("$null = New-LinuxKitVM ./web-efi.iso -Name web, 'my web', \"it's\"; $null = New-LinuxKitDisk data.vhdx 10MB");
        Window = new PowerShellWindow(Path.GetDirectoryName(Module["."])!, columns: 100);
    }

    /// <summary>The same module and the same VMs, for the tests' own use.</summary>
    public HostedModule Module { get; } = new();

    /// <summary>The terminal.</summary>
    internal PowerShellWindow Window { get; }

    public void Dispose()
    {
        Window.Dispose();
        Module.Dispose();
    }
}
