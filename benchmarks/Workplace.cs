using System;
using System.Globalization;
using System.IO;
using LinuxKitHyperV.Tests.Hosting;

namespace LinuxKitHyperV.Benchmarks;

/// <summary>A folder with an image, and a Hyper-V host that keeps states and runs nothing: for this process and those it starts.</summary>
internal sealed class Workplace : IDisposable
{
    /// <summary>The host that is used unless another is asked for.</summary>
    public const string DefaultHost = "host";

    private const string Prefix = "linuxkit-bench-";

    // Linux keeps what is in it in memory.
    private const string MemoryFolder = "/dev/shm";

    private const string HomeVariable = "HYPERV_QEMU_HOME";

    private readonly string? _homeBefore = Environment.GetEnvironmentVariable(HomeVariable);
    private readonly DirectoryInfo _folder;

    public Workplace()
        : this(Directory.CreateTempSubdirectory(Prefix))
    {
    }

    private Workplace(DirectoryInfo folder)
    {
        _folder = folder;
        Environment.SetEnvironmentVariable("HYPERV_QEMU_ENGINE", "none");
        UseHost(DefaultHost);
        foreach (var (name, value) in PowerShellProgram.Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        File.WriteAllBytes(Image, TestImage.EfiIso());
    }

    /// <summary>A folder without a disk's write-back, which comes in bursts where much is written; an ordinary one where the system has none.</summary>
    public static Workplace InMemory() => Directory.Exists(MemoryFolder)
        ? new Workplace(Directory.CreateDirectory(Path.Combine(MemoryFolder, Prefix + Path.GetRandomFileName())))
        : new Workplace();

    /// <summary>An image's file.</summary>
    public string Image => this["web-efi.iso"];

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Has calls go to another Hyper-V host, whose VMs are its own.</summary>
    public void UseHost(string name) => Environment.SetEnvironmentVariable(HomeVariable, this[name]);

    /// <summary>Has each call of a Hyper-V cmdlet take so much longer.</summary>
    public static void Delay(TimeSpan delay) => Environment.SetEnvironmentVariable(
        "HYPERV_QEMU_DELAY",
        delay == TimeSpan.Zero ? null : string.Create(CultureInfo.InvariantCulture, $"*={delay.TotalMilliseconds}"));

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        Environment.SetEnvironmentVariable(HomeVariable, _homeBefore);
    }
}
