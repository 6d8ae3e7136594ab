namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>The parts of an ISO 9660 volume, as ECMA-119 has them.</summary>
internal static class IsoFormat
{
    public const int SectorSize = 2048;
    public const int FirstDescriptor = 16;
    public const string Identifier = "CD001";

    // Types of volume descriptors.
    public const byte BootRecord = 0;
    public const byte PrimaryDescriptor = 1;
    public const byte SupplementaryDescriptor = 2;
    public const byte Terminator = 255;

    // Where in a primary descriptor the root's directory record lies.
    public const int RootRecord = 156;

    // Of a directory record.
    public const byte FolderFlag = 2;

    /// <summary>There are no more levels of folders, the root among them.</summary>
    public const int MaximumDepth = 8;

    /// <summary>What a file in a single piece has at most.</summary>
    public const long MaximumFileLength = uint.MaxValue;
}
