using System.Globalization;
using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Metadata;

/// <summary>Writes a tree of files as LinuxKit's metadata package reads it: it makes them below /run/config.</summary>
internal static class MetadataJson
{
    // The guest reads all of it into memory, twice.
    private const long MaximumLength = 64L << 20;

    /// <summary>The JSON of a tree.</summary>
    /// <exception cref="LinuxKitException">MetadataNotText, MetadataTextTooLong.</exception>
    public static string Of(MetadataFolder root)
    {
        var json = new StringBuilder();
        WriteEntries(json, root);
        return json.Append('\n').ToString();
    }

    private static void WriteEntries(StringBuilder json, MetadataFolder folder)
    {
        json.Append('{');
        foreach (var (entry, index) in folder.Entries.Select((entry, index) => (entry, index)))
        {
            json.Append(index == 0 ? string.Empty : ",");
            WriteString(json, entry.Name);
            json.Append(":{");
            if (entry.Mode is { } mode)
            {
                json.Append("\"perm\":\"").Append(MetadataName.FormatMode(mode)).Append("\",");
            }

            if (entry is MetadataFile file)
            {
                json.Append("\"content\":");
                WriteString(json, Text(file));
            }
            else
            {
                json.Append("\"entries\":");
                WriteEntries(json, (MetadataFolder)entry);
            }

            json.Append('}');
        }

        json.Append('}');
    }

    private static string Text(MetadataFile file)
    {
        const string Remedy = "Give a folder with a file 'user-data' of its own: its files become files of the metadata image, as they are.";
        if (file.Content.Length > MaximumLength)
        {
            throw new LinuxKitException(
                "MetadataTextTooLong",
                FailureKind.InvalidData,
                $"'{file.Name}' is longer than {MaximumLength >> 20} MB, and cannot be part of LinuxKit's metadata.",
                file.Name,
                Remedy);
        }

        return file.Content.ToText() ?? throw new LinuxKitException(
            "MetadataNotText",
            FailureKind.InvalidData,
            $"'{file.Name}' is no text in UTF-8, and cannot be part of LinuxKit's metadata.",
            file.Name,
            Remedy);
    }

    /// <summary>Writes text as JSON does (RFC 8259, 7).</summary>
    public static void WriteString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                json.Append('\\').Append(character);
            }
            else if (character < ' ')
            {
                json.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)character);
            }
            else
            {
                json.Append(character);
            }
        }

        json.Append('"');
    }
}
