using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperV.Qemu.State;

/// <summary>JSON files that a reader sees whole, whenever it looks.</summary>
internal static class AtomicFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads a file; null where there is none.</summary>
    public static T? Read<T>(string path)
        where T : class
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize<T>(stream, Options);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a file under another name and moves it into place.</summary>
    public static void Write<T>(string path, T value)
    {
        var fresh = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, value, Options);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Makes an independent copy.</summary>
    public static T Copy<T>(T value)
        where T : class
        => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value, Options), Options)!;
}
