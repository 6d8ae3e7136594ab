using System.Linq;

namespace LinuxKitHyperV.Metadata;

/// <summary>What lies on a metadata image.</summary>
internal static class MetadataVolume
{
    /// <summary>How LinuxKit's metadata package and cloud-init know the image.</summary>
    public const string Label = "CIDATA";

    private const string UserData = "user-data";
    private const string Config = "config";
    private const string MetaData = "meta-data";

    // What is in them may be a secret, and root reads them.
    private const int Mode = 0x180;

    /// <summary>User data for LinuxKit: its metadata package looks for /user-data, older ones for /config.</summary>
    public static MetadataFolder ForLinuxKit(MetadataContent userData) => new(
        string.Empty,
        null,
        [new MetadataFile(Config, Mode, userData), new MetadataFile(UserData, Mode, userData)]);

    /// <summary>User data and meta-data for cloud-init's data source NoCloud, which wants both files to be there.</summary>
    public static MetadataFolder ForCloudInit(MetadataContent userData, MetadataContent? metaData) => new(
        string.Empty,
        null,
        [new MetadataFile(MetaData, Mode, metaData ?? MetadataContent.Empty), new MetadataFile(UserData, Mode, userData)]);

    /// <summary>A folder: as it is if it has the files that guests look for, else as LinuxKit's tree.</summary>
    public static MetadataFolder ForFolder(MetadataFolder folder) => folder.Entries.Any(entry => entry is MetadataFile { Name: UserData or Config })
        ? folder
        : ForTree(folder);

    /// <summary>LinuxKit's tree of files.</summary>
    public static MetadataFolder ForTree(MetadataFolder tree) => ForLinuxKit(MetadataContent.OfText(MetadataJson.Of(tree)));
}
