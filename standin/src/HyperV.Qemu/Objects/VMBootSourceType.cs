namespace Microsoft.HyperV.PowerShell;

/// <summary>Kinds of entries in a boot order.</summary>
public enum VMBootSourceType
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>A disk or a DVD drive.</summary>
    Drive,

    /// <summary>A network adapter.</summary>
    Network,

    /// <summary>A file on a disk.</summary>
    File,
}
