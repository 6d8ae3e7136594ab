using System;
using System.IO;

namespace HyperV.Qemu.Controls;

/// <summary>Which disks and ISOs the host may not open; all that the system lets it open, unless the environment says otherwise.</summary>
internal static class FileRights
{
    /// <summary>The environment variable that lists them, by path or by wildcard.</summary>
    public const string Variable = "HYPERV_QEMU_DENY_FILES";

    /// <summary>Refuses a file as the system would.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static void Check(string path)
    {
        if (ListedFiles.Contain(Variable, path))
        {
            throw new UnauthorizedAccessException($"Access to the path '{Path.GetFileName(path)}' is denied.");
        }
    }
}
