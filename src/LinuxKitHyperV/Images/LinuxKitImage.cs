using System;

namespace LinuxKitHyperV.Images;

/// <summary>What an image is.</summary>
public sealed class LinuxKitImage
{
    internal LinuxKitImage(string path, LinuxKitImageFormat format, long sizeBytes, long virtualSizeBytes, BootFacts boot)
    {
        Path = path;
        Format = format;
        SizeBytes = sizeBytes;
        VirtualSizeBytes = virtualSizeBytes;
        BootMode = boot.Mode;
        Architecture = boot.Architecture;
        Bootloader = boot.Bootloader;
        KernelCommandLine = boot.KernelCommandLine;
        SecureBoot = boot.Signers.Count > 0 ? string.Join(", ", boot.Signers) : null;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the file is.</summary>
    public LinuxKitImageFormat Format { get; }

    /// <summary>The processors that the image is for.</summary>
    public LinuxKitArchitecture Architecture { get; }

    /// <summary>The generation of VM that boots the image: 2 where it can; null where none does.</summary>
    public int? Generation => BootMode switch
    {
        LinuxKitBootMode.None => null,
        LinuxKitBootMode.Bios => 1,
        _ => 2,
    };

    /// <summary>What firmware boots the image.</summary>
    public LinuxKitBootMode BootMode { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long SizeBytes { get; }

    /// <summary>The size of the disk, or the DVD, that a VM sees, in bytes.</summary>
    public long VirtualSizeBytes { get; }

    /// <summary>What the firmware starts; null where that is not known.</summary>
    public string? Bootloader { get; }

    /// <summary>The kernel's command line; null where it is not known.</summary>
    public string? KernelCommandLine { get; }

    /// <summary>Whether the kernel writes to the serial console; null where its command line is not known.</summary>
    public bool? Console => KernelCommandLine is null ? null : SerialConsole.IsIn(KernelCommandLine);

    /// <summary>Who signed what UEFI starts; null where nobody did. The firmware finds out whether the signature is good.</summary>
    public string? SecureBoot { get; }

    /// <summary>The path as PowerShell's cmdlets bind it.</summary>
    public string PSPath => "Microsoft.PowerShell.Core\\FileSystem::" + Path;

    /// <inheritdoc/>
    public override string ToString() => Path;
}

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

/// <summary>What firmware boots an image.</summary>
[Flags]
public enum LinuxKitBootMode
{
    /// <summary>None does.</summary>
    None = 0,

    /// <summary>A BIOS, which VMs of Generation 1 have.</summary>
    Bios = 1,

    /// <summary>UEFI, which VMs of Generation 2 have.</summary>
    Uefi = 2,
}

/// <summary>The processors that an image is for.</summary>
public enum LinuxKitArchitecture
{
    /// <summary>The image does not tell.</summary>
    Unknown,

    /// <summary>x86 with 32 bits.</summary>
    X86,

    /// <summary>x86 with 64 bits.</summary>
    X64,

    /// <summary>ARM with 64 bits.</summary>
    Arm64,

    /// <summary>RISC-V with 64 bits.</summary>
    RiscV64,
}
