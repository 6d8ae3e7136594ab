using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>A file or a folder with its place in an ISO 9660 image.</summary>
internal sealed class IsoNode
{
    private const int MaximumIdentifier = 8;

    private IsoNode(IsoEntry entry, string identifier, IsoNode? parent)
    {
        Entry = entry;
        Identifier = identifier;
        Parent = parent ?? this;
        Children = entry is IsoFolder folder ? Identify(folder, this) : [];
    }

    /// <summary>What it is.</summary>
    public IsoEntry Entry { get; }

    /// <summary>Its name for systems that do not know Rock Ridge; empty for the root.</summary>
    public string Identifier { get; }

    /// <summary>The folder that it is in; the root is in itself.</summary>
    public IsoNode Parent { get; }

    /// <summary>What is in it, in the order of their identifiers.</summary>
    public IReadOnlyList<IsoNode> Children { get; }

    /// <summary>Its first sector.</summary>
    public uint Sector { get; set; }

    /// <summary>Its length in bytes.</summary>
    public uint Length { get; set; }

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Entry is IsoFolder;

    /// <summary>The tree below a root.</summary>
    public static IsoNode Root(IsoFolder root) => new(root, string.Empty, null);

    private static IReadOnlyList<IsoNode> Identify(IsoFolder folder, IsoNode parent)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. folder.Entries
                .Select(entry => new IsoNode(entry, Identify(entry, taken), parent))
                .OrderBy(node => node.Identifier, StringComparer.Ordinal),
        ];
    }

    /// <summary>Eight characters that every system can read; what would be there twice is numbered.</summary>
    private static string Identify(IsoEntry entry, HashSet<string> taken)
    {
        var name = new StringBuilder();
        foreach (var character in entry.Name.ToUpperInvariant())
        {
            name.Append(character is (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? character : '_');
        }

        var identifier = name.ToString(0, Math.Min(name.Length, MaximumIdentifier));
        for (var number = 1; !taken.Add(identifier); number++)
        {
            var digits = number.ToString(CultureInfo.InvariantCulture);
            identifier = name.ToString(0, Math.Min(name.Length, MaximumIdentifier - digits.Length)) + digits;
        }

        return entry is IsoFile ? identifier + ".;1" : identifier;
    }
}
