using System;
using System.IO;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>A folder with an image, and a Hyper-V host that keeps states and runs nothing: for this process and those it starts.</summary>
internal sealed class Workplace : IDisposable
{
    /// <summary>The host that is used unless another is asked for.</summary>
    public const string DefaultHost = "host";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linuxkit-bench-");

    public Workplace()
    {
        Environment.SetEnvironmentVariable("HYPERV_QEMU_ENGINE", "none");
        UseHost(DefaultHost);
        Environment.SetEnvironmentVariable("PSModulePath", Layout.ModulePath);
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        File.WriteAllBytes(Image, TestImage.EfiIso());
    }

    /// <summary>An image's file.</summary>
    public string Image => this["web-efi.iso"];

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Has calls go to another Hyper-V host, whose VMs are its own.</summary>
    public void UseHost(string name) => Environment.SetEnvironmentVariable("HYPERV_QEMU_HOME", this[name]);

    public void Dispose() => _folder.Delete(recursive: true);
}
