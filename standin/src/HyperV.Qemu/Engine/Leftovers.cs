using System;
using System.IO;
using System.Threading;
using HyperV.Qemu.Worker;

namespace HyperV.Qemu.Engine;

/// <summary>The files that a machine leaves behind.</summary>
internal static class Leftovers
{
    /// <summary>Removes what a machine that has ended has left, unless another process does so or starts it again.</summary>
    public static void ClearIfAny(RuntimeFolder folder)
    {
        if (!File.Exists(folder.PipeList))
        {
            return;
        }

        using var exclusive = folder.TryLock(TimeSpan.Zero, CancellationToken.None);
        if (exclusive is not null && MachineProcess.Find(folder) is null)
        {
            PowerOff.End(folder);
            Clear(folder);
        }
    }

    /// <summary>Removes what a machine that has ended has left. The caller has the lock.</summary>
    public static void Clear(RuntimeFolder folder)
    {
        if (File.Exists(folder.PipeList))
        {
            foreach (var pipe in File.ReadLines(folder.PipeList))
            {
                using var claim = PipeClaim.TryTake(pipe);
                claim?.Clear();
            }
        }

        File.Delete(folder.ControlSocket);
        File.Delete(folder.EventSocket);
        File.Delete(folder.SerialSocket(1));
        File.Delete(folder.SerialSocket(2));
        File.Delete(folder.StateSocket);
        File.Delete(folder.TpmSocket);
        File.Delete(folder.UnfinishedState);
        File.Delete(folder.PidFile);
        File.Delete(folder.PipeList);
    }
}
