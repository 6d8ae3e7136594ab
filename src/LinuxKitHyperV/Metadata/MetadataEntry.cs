using System.Collections.Generic;
using LinuxKitHyperV.Formats.Iso9660;

namespace LinuxKitHyperV.Metadata;

/// <summary>A file or a folder of the metadata.</summary>
/// <param name="Name">Its name in the guest.</param>
/// <param name="Mode">Its permissions in the guest; null for the usual ones.</param>
internal abstract record MetadataEntry(string Name, int? Mode);

/// <summary>A file.</summary>
/// <param name="Name">Its name in the guest.</param>
/// <param name="Mode">Its permissions in the guest; null for the usual ones.</param>
/// <param name="Content">What is in it.</param>
internal sealed record MetadataFile(string Name, int? Mode, MetadataContent Content) : MetadataEntry(Name, Mode);

/// <summary>A folder.</summary>
/// <param name="Name">Its name in the guest; empty for the root.</param>
/// <param name="Mode">Its permissions in the guest; null for the usual ones.</param>
/// <param name="Entries">What is in it.</param>
internal sealed record MetadataFolder(string Name, int? Mode, IReadOnlyList<MetadataEntry> Entries) : MetadataEntry(Name, Mode)
{
    /// <inheritdoc cref="IsoFormat.MaximumDepth"/>
    public const int MaximumDepth = IsoFormat.MaximumDepth;
}
