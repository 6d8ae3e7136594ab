using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats;
using LinuxKitHyperV.Formats.Ext;
using LinuxKitHyperV.Formats.Fat;
using LinuxKitHyperV.Formats.Iso9660;
using LinuxKitHyperV.Formats.Partitions;
using LinuxKitHyperV.Formats.Pe;

namespace LinuxKitHyperV.Images;

/// <summary>Finds out how a disk or a DVD boots.</summary>
internal static class BootInspector
{
    private const string Grub = "GRUB";
    private const string LoaderFolder = "EFI/BOOT";

    private static readonly Dictionary<string, LinuxKitArchitecture> Loaders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BOOTX64.EFI"] = LinuxKitArchitecture.X64,
        ["BOOTAA64.EFI"] = LinuxKitArchitecture.Arm64,
        ["BOOTIA32.EFI"] = LinuxKitArchitecture.X86,
        ["BOOTRISCV64.EFI"] = LinuxKitArchitecture.RiscV64,
    };

    /// <summary>How a DVD boots.</summary>
    /// <exception cref="ImageFormatException">It is damaged or ends too early.</exception>
    public static BootFacts Dvd(ImageContent image)
    {
        var files = Iso9660FileSystem.Open(image);
        if (image.Length < files.VolumeSize)
        {
            throw ImageFormatException.Truncated($"The ISO says that it has {files.VolumeSize} bytes, and the file has {image.Length}.");
        }

        var entries = files.BootCatalogSector is { } sector ? ElToritoCatalog.Read(image, sector) : [];
        return entries.Aggregate(BootFacts.None, (facts, entry) => facts.And(entry.IsEfi ? EfiOfDvd(image, entry, files) : BiosOfDvd(image, entry, files)));
    }

    /// <summary>How a disk boots.</summary>
    /// <exception cref="ImageFormatException">It is damaged or ends too early.</exception>
    public static BootFacts Disk(ImageContent disk)
    {
        if (MasterBootRecord.Read(disk) is not { } record)
        {
            return BootFacts.None;
        }

        var partitions = PartitionTable.Read(disk);
        var efi = partitions.Where(partition => partition.IsEfiSystem).Select(partition => EfiOfDisk(disk, partition)).FirstOrDefault(facts => facts.Mode != LinuxKitBootMode.None);
        var bios = record.HasCode ? partitions.Where(partition => partition.IsActive).Select(partition => BiosOfDisk(disk, record, partition)).FirstOrDefault() : null;
        return (efi ?? BootFacts.None).And(bios ?? BootFacts.None);
    }

    private static BootFacts EfiOfDvd(ImageContent image, ElToritoEntry entry, Iso9660FileSystem files) =>
        FatFileSystem.Open(image.Slice(entry.Offset, Math.Max(0, image.Length - entry.Offset))) is { } system ? Efi(system, files) : BootFacts.None;

    private static BootFacts EfiOfDisk(ImageContent disk, Partition partition) =>
        FatFileSystem.Open(disk.Slice(partition.Offset, partition.Length)) is { } system ? Efi(system, system) : BootFacts.None;

    /// <param name="system">Where the firmware looks.</param>
    /// <param name="files">Where the boot loader looks.</param>
    private static BootFacts Efi(BootFileSystem system, BootFileSystem files)
    {
        var names = system.List(LoaderFolder);
        if (names.FirstOrDefault(Loaders.ContainsKey) is not { } name || system.Find($"{LoaderFolder}/{name}") is not { } file)
        {
            return BootFacts.None;
        }

        // Its name says what processor the firmware would start it on.
        return Known(new BootFacts { Mode = LinuxKitBootMode.Uefi, Architecture = Loaders[name] }, facts =>
            PortableExecutable.Read(file) is not { } program ? facts : facts with
            {
                Architecture = ArchitectureOf(program.Machine),
                Bootloader = LoaderName(program, names),
                KernelCommandLine = CommandLine(() => BootConfiguration.FromKernel(file))
                    ?? CommandLine(() => BootConfiguration.FromGrub(files))
                    ?? CommandLine(() => BootConfiguration.FromGrub(system))
                    ?? CommandLine(() => BootConfiguration.FromSystemdBoot(system)),
                Signers = program.Signers(),
            });
    }

    private static BootFacts BiosOfDvd(ImageContent image, ElToritoEntry entry, Iso9660FileSystem files)
    {
        var isIsolinux = Encoding.ASCII.GetString(image.Read(entry.Offset, 2048)).Contains("isolinux");
        return new BootFacts
        {
            Mode = LinuxKitBootMode.Bios,
            Architecture = LinuxKitArchitecture.X64,
            Bootloader = isIsolinux ? "ISOLINUX" : null,
            KernelCommandLine = CommandLine(() => BootConfiguration.FromSyslinux(files)) ?? CommandLine(() => BootConfiguration.FromGrub(files)),
        };
    }

    private static BootFacts BiosOfDisk(ImageContent disk, MasterBootRecord record, Partition partition)
    {
        var content = disk.Slice(partition.Offset, partition.Length);
        BootFileSystem? files = Ext4FileSystem.Open(content);
        files ??= FatFileSystem.Open(content);
        var maker = content.Length >= 11 ? Encoding.ASCII.GetString(content.Read(3, 8)).TrimEnd() : string.Empty;
        return new BootFacts
        {
            Mode = LinuxKitBootMode.Bios,
            Architecture = LinuxKitArchitecture.X64,
            Bootloader = record.IsGrub ? Grub : maker is "SYSLINUX" or "EXTLINUX" ? maker : null,
            KernelCommandLine = files is null ? null : CommandLine(() => BootConfiguration.FromSyslinux(files)) ?? CommandLine(() => BootConfiguration.FromGrub(files)),
        };
    }

    private static LinuxKitArchitecture ArchitectureOf(ushort machine) => machine switch
    {
        0x014C => LinuxKitArchitecture.X86,
        0x8664 => LinuxKitArchitecture.X64,
        0xAA64 => LinuxKitArchitecture.Arm64,
        0x5064 => LinuxKitArchitecture.RiscV64,
        _ => LinuxKitArchitecture.Unknown,
    };

    private static string? LoaderName(PortableExecutable program, IReadOnlyList<string> beside)
    {
        // Boot loaders that are signed name themselves for the revocation of old versions.
        if (program.Text(".sbat", 4096)?.Contains("\nshim,") == true)
        {
            return beside.Any(name => name.StartsWith("grub", StringComparison.OrdinalIgnoreCase)) ? "shim, GRUB" : "shim";
        }

        return program switch
        {
            _ when program.Has(".linux") => "unified kernel",
            _ when program.Has(".sdmagic") => "systemd-boot",
            _ when program.Has("mods") => Grub,
            _ => null,
        };
    }

    private static BootFacts Known(BootFacts facts, Func<BootFacts, BootFacts> more)
    {
        try
        {
            return more(facts);
        }
        catch (ImageFormatException exception) when (exception.Fault is ImageFault.OutOfReach)
        {
            return facts;
        }
    }

    // It is good to know and no more: an image that keeps it far inside boots all the same.
    private static string? CommandLine(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (ImageFormatException exception) when (exception.Fault is ImageFault.OutOfReach or ImageFault.NotSupported)
        {
            return null;
        }
    }
}
