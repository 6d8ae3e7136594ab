using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace HyperV.Qemu.Engine;

/// <summary>Whether the host has what a machine needs. QEMU would find out too, but tells by text alone.</summary>
internal static class HostResources
{
    /// <summary>Checks a machine before it is powered on.</summary>
    /// <exception cref="EngineException">Something is missing.</exception>
    public static void Check(MachineHardware hardware)
    {
        // QEMU would start: it gets memory page by page, as the guest touches it.
        if (hardware.MemoryBytes > AvailableMemory())
        {
            throw new EngineException(EngineFault.OutOfMemory, "The host's memory does not suffice.");
        }

        foreach (var drive in hardware.Drives)
        {
            if (drive.Path is not null)
            {
                CheckMedium(drive.Path, drive.IsDvd ? FileAccess.Read : FileAccess.ReadWrite);
            }
        }
    }

    private static void CheckMedium(string path, FileAccess access)
    {
        try
        {
            using var medium = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EngineException(EngineFault.NotFound, $"'{path}' is not there.", path, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EngineException(EngineFault.AccessDenied, $"'{path}' may not be opened.", path, exception);
        }
    }

    private static long AvailableMemory()
    {
        const string Name = "MemAvailable:";
        var line = File.ReadLines("/proc/meminfo").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(Name.Length).TrimEnd("kB"), CultureInfo.InvariantCulture);
    }
}
