using System;
using System.IO;
using System.Threading;

namespace HyperV.Qemu.Engine;

/// <summary>What a machine leaves behind that was not ended but killed.</summary>
internal static class Leftovers
{
    /// <summary>Removes what a machine that has ended has left, unless another process does so or starts it again.</summary>
    public static void ClearIfAny(RuntimeFolder folder)
    {
        if (!File.Exists(folder.PidFile) && !File.Exists(folder.PipeList))
        {
            return;
        }

        using var exclusive = folder.TryLock(TimeSpan.Zero, CancellationToken.None);
        if (exclusive is not null && QemuProcess.Find(folder) is null)
        {
            Clear(folder);
        }
    }

    /// <summary>Removes what a machine that has ended has left. The caller has the lock.</summary>
    public static void Clear(RuntimeFolder folder)
    {
        foreach (var socket in ComPipe.ReadList(folder))
        {
            ComPipe.Clear(socket);
        }

        File.Delete(folder.PipeList);
        File.Delete(folder.ControlSocket);
        File.Delete(folder.StateSocket);
        File.Delete(folder.UnfinishedState);
        File.Delete(folder.PidFile);
    }
}
