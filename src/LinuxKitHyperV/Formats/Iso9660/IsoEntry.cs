using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>A file or a folder of an image that is to be written.</summary>
/// <param name="Name">Its name in Linux.</param>
/// <param name="Mode">Its permissions in Linux; null for the usual ones.</param>
internal abstract record IsoEntry(string Name, int? Mode);

/// <summary>A file.</summary>
/// <param name="Name">Its name in Linux.</param>
/// <param name="Mode">Its permissions in Linux; null for the usual ones.</param>
/// <param name="Content">What is in it. Files that share it share its sectors too.</param>
internal sealed record IsoFile(string Name, int? Mode, IIsoContent Content) : IsoEntry(Name, Mode);

/// <summary>A folder.</summary>
/// <param name="Name">Its name in Linux; empty for the root.</param>
/// <param name="Mode">Its permissions in Linux; null for the usual ones.</param>
/// <param name="Entries">What is in it.</param>
internal sealed record IsoFolder(string Name, int? Mode, IReadOnlyList<IsoEntry> Entries) : IsoEntry(Name, Mode);

/// <summary>What is in a file.</summary>
internal interface IIsoContent
{
    /// <summary>The number of bytes.</summary>
    long Length { get; }

    /// <summary>Writes just as many bytes.</summary>
    void CopyTo(Stream target, CancellationToken cancellation);
}
