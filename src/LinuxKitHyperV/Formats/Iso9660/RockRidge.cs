using System.Linq;
using System.Text;

namespace LinuxKitHyperV.Formats.Iso9660;

/// <summary>What gives the entries of an ISO 9660 image their names and permissions in Linux (SUSP 1.12, RRIP 1.09).</summary>
internal static class RockRidge
{
    /// <summary>The most bytes of a name: a directory record has at most 254, of which its fields take 33, the longest identifier 11, PX 36 and NM 5.</summary>
    public const int MaximumName = 254 - 33 - 11 - 36 - 5;

    private const uint RegularFile = 0x8000;
    private const uint Folder = 0x4000;

    // Of a file 0644, of a folder 0755.
    private const int DefaultFileMode = 0x1A4;
    private const int DefaultFolderMode = 0x1ED;

    /// <summary>The entry of a node in its folder.</summary>
    public static byte[] OfEntry(IsoNode node) => Write(node).Bytes(Name(node.Entry.Name)).ToArray();

    /// <summary>What a folder says of itself, or of the folder that it is in.</summary>
    public static byte[] OfFolder(IsoNode node) => Write(node).ToArray();

    /// <summary>What the root says of itself: also that Rock Ridge is used.</summary>
    public static byte[] OfRoot(IsoNode root)
    {
        const string Extension = "RRIP_1991A";
        var writer = new IsoWriter()
            .Text("SP", 2).Bytes(7, 1, 0xBE, 0xEF, 0)
            .Bytes(OfFolder(root))
            .Text("ER", 2).Bytes((byte)(8 + Extension.Length), 1, (byte)Extension.Length, 0, 0, 1).Text(Extension, Extension.Length);
        return writer.ToArray();
    }

    private static IsoWriter Write(IsoNode node)
    {
        var (type, defaultMode) = node.IsFolder ? (Folder, DefaultFolderMode) : (RegularFile, DefaultFileMode);
        var links = node.IsFolder ? 2 + node.Children.Count(child => child.IsFolder) : 1;

        // All belongs to root.
        return new IsoWriter().Text("PX", 2).Bytes(36, 1).Both32(type | (uint)(node.Entry.Mode ?? defaultMode)).Both32((uint)links).Both32(0).Both32(0);
    }

    private static byte[] Name(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return new IsoWriter().Text("NM", 2).Bytes((byte)(5 + bytes.Length), 1, 0).Bytes(bytes).ToArray();
    }
}
