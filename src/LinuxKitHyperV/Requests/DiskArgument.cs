using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Requests;

/// <summary>Reads what a user gives for a disk: text, a file, or a disk object.</summary>
internal static class DiskArgument
{
    /// <summary>The disk that an argument describes.</summary>
    /// <exception cref="LinuxKitException">InvalidDisk, InvalidDiskSize.</exception>
    public static DiskSpec ToSpec(PSObject argument) => argument.BaseObject switch
    {
        FileInfo file => new DiskSpec(file.FullName, null),
        IDictionary table => FromTable(table),
        PSCustomObject when FromRow(argument) is { } disk => disk,

        // Hyper-V's VirtualHardDisk, and anything else that names its file.
        not string when argument.Text("Path") is { Length: > 0 } path => new DiskSpec(path, null),
        _ => DiskSyntax.Parse(argument.ToString()),
    };

    // As LinuxKit's syntax, with PowerShell's names allowed too: @{ Path = 'data.vhdx'; Size = 10GB }.
    private static DiskSpec FromTable(IDictionary table)
    {
        var parts = table.Keys.Cast<object>().Select(key => (Key: KeyOf(key.ToString()!), Value: LanguagePrimitives.ConvertTo<string>(table[key]))).ToList();
        return DiskSyntax.FromParts(parts, string.Join(",", parts.Select(part => $"{part.Key}={part.Value}")));
    }

    // As a table. A disk object from another session is a custom object too: its size is what it has, and none to make.
    private static DiskSpec? FromRow(PSObject row)
    {
        var path = Cell(row, "Path", "File");
        var size = Cell(row, "Size", "SizeBytes");
        return row.TypeNames[0] != typeof(PSCustomObject).FullName || (path is null && size is null)
            ? null
            : new DiskSpec(path, size is null ? null : DiskSyntax.ParseSize(size));
    }

    private static string? Cell(PSObject row, params string[] names) => names.Select(row.Text).FirstOrDefault(text => text.Length > 0);

    private static string KeyOf(string key) => key.ToUpperInvariant() switch
    {
        "PATH" => "file",
        "SIZEBYTES" => "size",
        _ => key,
    };
}
