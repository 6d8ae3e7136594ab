using System;
using System.Threading;
using System.IO;

namespace HyperV.Qemu.State;

/// <summary>A lock that holds between processes: an open file that nobody else may open.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5);

    // Windows deletes only what may be deleted by its own sharing; on Unix, where all may be, any sharing is no lock.
    private static readonly FileShare Sharing = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock.</summary>
    public static FileLock Take(string path, CancellationToken cancellation = default)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Sharing));
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException)
            {
                cancellation.WaitHandle.WaitOne(Retry);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
