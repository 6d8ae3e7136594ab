using System;
using System.IO;
using HyperV.Qemu.Controls;
using HyperV.Qemu.Engine;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Machines;

/// <summary>The files that a machine's drives open.</summary>
internal static class Attachments
{
    /// <summary>Opens each file once, as the machine will.</summary>
    /// <exception cref="EngineException">One is missing, in use, or may not be opened.</exception>
    public static void Check(MachineDefinition machine, VirtualizationHost host)
        => machine.Drives.ForEach(drive => Check(drive, host));

    /// <summary>Opens a drive's file, if it has one, as the machine will.</summary>
    /// <exception cref="EngineException">It is missing, in use, or may not be opened.</exception>
    public static void Check(DriveDefinition drive, VirtualizationHost host)
    {
        if (drive.Path is null)
        {
            return;
        }

        if (host.Mounts.Holds(drive.Path))
        {
            throw new EngineException(EngineFault.InUse, "A disk is mounted", drive.Path);
        }

        if (!drive.IsDvd && FileStorage.IsLimited(drive.Path))
        {
            throw new EngineException(EngineFault.DiskLimitation, "A disk is not kept as it is", drive.Path);
        }

        Open(drive.Path, drive.IsDvd);
    }

    private static void Open(string path, bool readOnly)
    {
        try
        {
            FileRights.Check(path);
            using var file = new FileStream(path, FileMode.Open, readOnly ? FileAccess.Read : FileAccess.ReadWrite, readOnly ? FileShare.Read : FileShare.None);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EngineException(EngineFault.NotFound, "A file is missing", path, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EngineException(EngineFault.AccessDenied, "A file may not be opened", path, exception);
        }
        catch (IOException exception)
        {
            throw new EngineException(EngineFault.InUse, "A file is in use", path, exception);
        }
    }
}
