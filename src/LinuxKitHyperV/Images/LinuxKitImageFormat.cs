namespace LinuxKitHyperV.Images;

/// <summary>What an image's file is.</summary>
public enum LinuxKitImageFormat
{
    /// <summary>A disk, byte for byte.</summary>
    Raw,

    /// <summary>A DVD.</summary>
    Iso,

    /// <summary>A disk of Virtual PC and Hyper-V.</summary>
    Vhd,

    /// <summary>A disk of Hyper-V.</summary>
    Vhdx,

    /// <summary>A disk of QEMU.</summary>
    Qcow2,

    /// <summary>A disk of VMware.</summary>
    Vmdk,

    /// <summary>A disk in a gzipped tar, as Google's cloud takes it.</summary>
    GzipTar,
}
