using System.IO;

namespace HyperV.Qemu.Machines;

/// <summary>What lies beside a machine's definition: a folder of the engine's, and one for each checkpoint with a saved memory.</summary>
internal static class MachineFolders
{
    /// <summary>Copies all of them.</summary>
    public static void CopyAll(string machineFolder, string destination)
    {
        foreach (var folder in Directory.EnumerateDirectories(machineFolder))
        {
            Copy(folder, Path.Combine(destination, Path.GetFileName(folder)));
        }
    }

    /// <summary>Copies one.</summary>
    public static void Copy(string folder, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, Path.Combine(destination, Path.GetFileName(file)), overwrite: true);
        }
    }
}
