using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Metadata;

namespace LinuxKitHyperV.Requests;

/// <summary>Reads what a user gives as metadata: text, bytes, a file, a folder, or a table of files.</summary>
internal static class MetadataArgument
{
    private const string Content = "content";
    private const string Entries = "entries";
    private const string Perm = "perm";

    /// <summary>What lies on the image for an argument.</summary>
    /// <exception cref="LinuxKitException">The argument cannot be metadata.</exception>
    public static MetadataFolder ToVolume(PSObject argument) => argument.BaseObject switch
    {
        DirectoryInfo folder => MetadataVolume.ForFolder(MetadataFolderReader.Read(folder.FullName)),
        _ when Table(argument) is { } table => MetadataVolume.ForTree(new MetadataFolder(string.Empty, null, ToEntries(string.Empty, table, 1))),
        _ => MetadataVolume.ForLinuxKit(ToContent(argument)),
    };

    /// <summary>What lies on the image for a path: a folder, or a file with user data.</summary>
    /// <exception cref="LinuxKitException">MetadataNotReadable and others.</exception>
    public static MetadataFolder ToVolume(string path) => Directory.Exists(path)
        ? ToVolume(PSObject.AsPSObject(new DirectoryInfo(path)))
        : ToVolume(PSObject.AsPSObject(new FileInfo(path)));

    /// <summary>What an argument says: a file's bytes, else text; several lines, as Get-Content gives them, are joined.</summary>
    /// <exception cref="LinuxKitException">MetadataNotReadable, MetadataNotText.</exception>
    public static MetadataContent ToContent(PSObject? argument) => argument?.BaseObject switch
    {
        null => MetadataContent.Empty,
        byte[] bytes => MetadataContent.OfBytes(bytes),
        FileInfo file => MetadataContent.OfFile(file.FullName),
        IEnumerable lines and not string => MetadataContent.OfText(string.Join("\n", lines.Cast<object?>().Select(Text))),
        var other => MetadataContent.OfText(Text(other)),
    };

    /// <summary>The same for cloud-init, whose documents are YAML: a table becomes JSON, which is YAML too.</summary>
    /// <param name="argument">What was given.</param>
    /// <param name="head">The line that such a document begins with; empty for none.</param>
    /// <exception cref="LinuxKitException">MetadataNotReadable, MetadataNotText, MetadataTooDeep.</exception>
    public static MetadataContent ToDocument(PSObject? argument, string head) =>
        Table(argument) is null ? ToContent(argument) : MetadataContent.OfText(head + CloudInitJson.Of(argument!) + "\n");

    /// <summary>The text of a single value: text, a number, a date. What PowerShell would write of an object, its type's name, nobody means.</summary>
    /// <exception cref="LinuxKitException">MetadataNotText.</exception>
    public static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => string.Empty,
        string text => text,
        IConvertible or IFormattable or Uri or Version => LanguagePrimitives.ConvertTo<string>(value),
        var other => throw new LinuxKitException(
            "MetadataNotText",
            FailureKind.InvalidData,
            $"An object of the type {other.GetType().FullName} is no text, and cannot be metadata.",
            other.GetType().FullName,
            "Give text, a table, bytes, or a file: ConvertTo-Json makes text of an object."),
    };

    /// <summary>The items of a hashtable or of a custom object; null for everything else.</summary>
    public static IReadOnlyList<(string Key, PSObject? Value)>? Table(PSObject? argument) => argument?.BaseObject switch
    {
        IDictionary table => [.. table.Keys.Cast<object>().Select(key => (Text(key), Wrap(table[key])))],
        PSCustomObject => [.. argument.Properties.Select(property => (property.Name, Wrap(property.Value)))],
        _ => null,
    };

    private static PSObject? Wrap(object? value) => value is null ? null : PSObject.AsPSObject(value);

    private static IReadOnlyList<MetadataEntry> ToEntries(string folder, IEnumerable<(string Key, PSObject? Value)> table, int depth)
    {
        // A table may contain itself.
        if (depth > MetadataFolder.MaximumDepth)
        {
            throw MetadataFolderReader.TooDeep(folder);
        }

        var entries = table.Select(item => ToEntry(item.Key, item.Value, depth)).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        return entries.GroupBy(entry => entry.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw MetadataName.Invalid(twice.Key, "is given twice")
            : entries;
    }

    private static MetadataEntry ToEntry(string key, PSObject? value, int depth)
    {
        var (name, mode) = MetadataName.Parse(key);
        if (Table(value) is not { } table)
        {
            return new MetadataFile(name, mode, ToContent(value));
        }

        if (!IsExplicit(table))
        {
            return new MetadataFolder(name, mode, ToEntries(name, table, depth + 1));
        }

        mode = Find(table, Perm) is { } perm ? MetadataName.ParseMode(Text(perm), name) : mode;
        return Find(table, Entries) is { } entries
            ? new MetadataFolder(name, mode, ToEntries(name, Table(entries)!, depth + 1))
            : new MetadataFile(name, mode, ToContent(Find(table, Content)));
    }

    /// <summary>Whether a table is an entry as LinuxKit writes it: content or entries, with perm or without, and nothing else.</summary>
    private static bool IsExplicit(IReadOnlyList<(string Key, PSObject? Value)> table)
    {
        var isFile = table.Any(item => item.Key == Content && Table(item.Value) is null);
        var isFolder = table.Any(item => item.Key == Entries && Table(item.Value) is not null);
        return isFile != isFolder && table.All(item => item.Key is Content or Entries or Perm) && table.Count == (Find(table, Perm) is null ? 1 : 2);
    }

    private static PSObject? Find(IReadOnlyList<(string Key, PSObject? Value)> table, string key) => table.FirstOrDefault(item => item.Key == key).Value;
}
