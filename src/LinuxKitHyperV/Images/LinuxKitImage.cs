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

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets what the file is.</summary>
    public LinuxKitImageFormat Format { get; }

    /// <summary>Gets the processors that the image is for.</summary>
    public LinuxKitArchitecture Architecture { get; }

    /// <summary>Gets the generation of VM that boots the image: 2 where it can; null where none does.</summary>
    public int? Generation => BootMode switch
    {
        LinuxKitBootMode.None => null,
        LinuxKitBootMode.Bios => 1,
        _ => 2,
    };

    /// <summary>Gets what firmware boots the image.</summary>
    public LinuxKitBootMode BootMode { get; }

    /// <summary>Gets the size of the file in bytes.</summary>
    public long SizeBytes { get; }

    /// <summary>Gets the size of the disk, or the DVD, that a VM sees, in bytes.</summary>
    public long VirtualSizeBytes { get; }

    /// <summary>Gets what the firmware starts; null where that is not known.</summary>
    public string? Bootloader { get; }

    /// <summary>Gets the kernel's command line; null where it is not known.</summary>
    public string? KernelCommandLine { get; }

    /// <summary>Gets whether the kernel writes to the serial console; null where its command line is not known.</summary>
    public bool? Console => KernelCommandLine is null ? null : SerialConsole.IsIn(KernelCommandLine);

    /// <summary>Gets who signed what UEFI starts; null where nobody did. The firmware finds out whether the signature is good.</summary>
    public string? SecureBoot { get; }

    /// <summary>Gets the path as PowerShell's cmdlets bind it.</summary>
    public string PSPath => "Microsoft.PowerShell.Core\\FileSystem::" + Path;

    /// <inheritdoc/>
    public override string ToString() => Path;
}
