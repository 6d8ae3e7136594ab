using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using LinuxKitHyperV.Metadata;

namespace LinuxKitHyperV.Requests;

/// <summary>Writes what PowerShell has in tables as JSON (RFC 8259), which cloud-init reads, since it is YAML.</summary>
internal static class CloudInitJson
{
    // Documents of cloud-init are shallow; a table may contain itself.
    private const int MaximumDepth = 32;

    /// <summary>The JSON of a table.</summary>
    /// <exception cref="LinuxKitException">MetadataNotText, MetadataTooDeep.</exception>
    public static string Of(PSObject table)
    {
        var json = new StringBuilder();
        Write(json, table, depth: 1);
        return json.ToString();
    }

    private static void Write(StringBuilder json, PSObject? value, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw MetadataFolderReader.TooDeep(string.Empty);
        }

        switch (value?.BaseObject)
        {
            case null:
                json.Append("null");
                break;
            case bool or SwitchParameter:
                json.Append(LanguagePrimitives.IsTrue(value) ? "true" : "false");
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal or float or double:
                json.Append(Convert.ToString(value.BaseObject, CultureInfo.InvariantCulture));
                break;
            case var _ when MetadataArgument.Table(value) is { } table:
                WriteAll(json, '{', table, '}', item =>
                {
                    MetadataJson.WriteString(json, item.Key);
                    json.Append(':');
                    Write(json, item.Value, depth + 1);
                });
                break;
            case IEnumerable items and not string:
                WriteAll(json, '[', [.. items.Cast<object?>()], ']', item => Write(json, item is null ? null : PSObject.AsPSObject(item), depth + 1));
                break;
            default:
                MetadataJson.WriteString(json, MetadataArgument.Text(value));
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder json, char begin, IReadOnlyList<T> items, char end, Action<T> write)
    {
        json.Append(begin);
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
            {
                json.Append(',');
            }

            write(items[index]);
        }

        json.Append(end);
    }
}
