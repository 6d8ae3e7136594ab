using System;
using System.IO;
using System.Linq;
using HyperV.Qemu.Engine;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Machines;

/// <summary>The files that a machine's drives open.</summary>
internal static class Attachments
{
    /// <summary>Opens each file once, as the machine will.</summary>
    /// <exception cref="EngineException">One is missing, in use, or may not be opened.</exception>
    public static void Check(MachineDefinition machine)
    {
        foreach (var drive in machine.Drives.Where(drive => drive.Path is not null))
        {
            Check(drive.Path!, drive.IsDvd);
        }
    }

    private static void Check(string path, bool readOnly)
    {
        try
        {
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
