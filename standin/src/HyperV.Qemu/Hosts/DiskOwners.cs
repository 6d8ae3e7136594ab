using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using HyperV.Qemu.Engine;

namespace HyperV.Qemu.Hosts;

/// <summary>Which machine uses which disk: a file for each disk, so that a start costs the same however many machines there are.</summary>
/// <param name="folder">Where the files are.</param>
internal sealed class DiskOwners(string folder)
{
    private const string ListFile = "disks";

    /// <summary>Takes disks for a machine, or none of them.</summary>
    /// <exception cref="EngineException">Another machine that lives uses one.</exception>
    public void Take(IEnumerable<string> disks, string runtimeFolder, Func<string, bool> lives)
    {
        var taken = new List<string>();
        foreach (var path in disks)
        {
            var file = FileOf(path);
            if (File.Exists(file) && File.ReadAllText(file) is var owner && owner != runtimeFolder && lives(owner))
            {
                throw new EngineException(EngineFault.InUse, "A disk is in use", path);
            }

            taken.Add(file);
        }

        Directory.CreateDirectory(folder);
        taken.ForEach(file => File.WriteAllText(file, runtimeFolder));
        File.AppendAllLines(Path.Combine(runtimeFolder, ListFile), taken);
    }

    /// <summary>Gives one disk of a machine back.</summary>
    public void Release(string disk, string runtimeFolder)
    {
        var list = Path.Combine(runtimeFolder, ListFile);
        var file = FileOf(disk);
        File.WriteAllLines(list, File.ReadAllLines(list).Where(taken => taken != file).ToList());
        File.Delete(file);
    }

    /// <summary>Gives all disks of a machine back.</summary>
    public static void Release(string runtimeFolder)
    {
        var list = Path.Combine(runtimeFolder, ListFile);
        if (File.Exists(list))
        {
            Array.ForEach(File.ReadAllLines(list), File.Delete);
            File.Delete(list);
        }
    }

    private string FileOf(string path) => Path.Combine(folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path))));
}
