using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace LinuxKitHyperV.Console;

/// <summary>
/// Says to other processes which one captures a console: a file with the process's id, kept open as long as the
/// capture lives. What a killed process leaves is nobody's file, and is told by its not being open.
/// </summary>
internal sealed class ConsoleHold : IDisposable
{
    private readonly FileStream _file;

    private ConsoleHold(FileStream file) => _file = file;

    /// <summary>Publishes this process as the holder of a pipe.</summary>
    /// <returns>Null where another process holds it, or nothing can be published; a capture works without.</returns>
    public static ConsoleHold? TryPublish(ConsolePipePath path)
    {
        var name = FileNameOf(path);
        try
        {
            DeleteIfAbandoned(name);

            // Made new, never opened: in a shared folder the name may be somebody else's link.
            var file = new FileStream(
                name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 64, FileOptions.DeleteOnClose);
            var id = Encoding.ASCII.GetBytes(CurrentProcessId().ToString(CultureInfo.InvariantCulture));
            file.Write(id, 0, id.Length);
            file.Flush();
            return new ConsoleHold(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Finds who captures the console at a pipe.</summary>
    /// <returns>Null where no process that runs this module does.</returns>
    public static ConsoleHolder? Find(ConsolePipePath path)
    {
        var name = FileNameOf(path);
        try
        {
            DeleteIfAbandoned(name);
            using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.ASCII);
            return int.TryParse(reader.ReadToEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? new ConsoleHolder(id)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes the publication back.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>The file that says who holds a pipe.</summary>
    internal static string FileNameOf(ConsolePipePath path) =>
        Path.Combine(Path.GetTempPath(), $"LinuxKitHyperV-console-{Digest.Of(Encoding.UTF8.GetBytes(path.Text.ToUpperInvariant()), 8)}");

    private static void DeleteIfAbandoned(string name)
    {
        if (!File.Exists(name))
        {
            return;
        }

        try
        {
            new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
        }
        catch (IOException)
        {
            // Somebody has it open: it is not abandoned.
            return;
        }

        File.Delete(name);
    }

    private static int CurrentProcessId()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.Id;
    }
}
