using System;
using System.IO;
using System.Runtime.InteropServices;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Requests;

/// <summary>What a VM boots from, and how.</summary>
/// <param name="Generation">1 or 2.</param>
/// <param name="MediumPath">The DVD, or the disk.</param>
/// <param name="IsDisk">Whether it is a disk.</param>
internal sealed record MachineBoot(int Generation, string MediumPath, bool IsDisk)
{
    private const int Generation1 = 1;
    private const int Generation2 = 2;

    /// <summary>The image that the disk is made of, or the DVD is a copy of, which then belongs to the VM; null where the image itself is used.</summary>
    public string? ConvertedFrom { get; init; }

    /// <summary>Whose signatures its firmware accepts.</summary>
    public LinuxKitSecureBoot SecureBoot { get; init; }

    /// <summary>Whether it has a TPM.</summary>
    public bool HasTpm { get; init; }

    /// <summary>A Generation 2 VM that boots a DVD.</summary>
    public static MachineBoot FromDvd(string path) => new(Generation2, path, false);

    /// <summary>Settles how a VM boots an image of this computer.</summary>
    /// <param name="image">What the image is.</param>
    /// <param name="machineName">The VM's name: a disk that is made is named after it.</param>
    /// <param name="wishes">What the user asks for.</param>
    /// <param name="folder">Where what is made goes.</param>
    /// <param name="warn">Takes what the user should know.</param>
    /// <exception cref="LinuxKitException">
    /// ImageNotBootable, ImageArchitectureMismatch, ImageNotSigned, GenerationNotPossible, ImageNotAttachable, DiskExists.
    /// </exception>
    public static MachineBoot Settle(LinuxKitImage image, string machineName, BootWishes wishes, MachineFolder folder, Action<string> warn)
    {
        var generation = GenerationFor(image, wishes);
        CheckArchitecture(image);
        CheckFirmware(image.Path, generation, wishes);
        if (wishes.SecureBoot != LinuxKitSecureBoot.Off && image.SecureBoot is null)
        {
            throw new LinuxKitException(
                "ImageNotSigned",
                FailureKind.InvalidArgument,
                $"Secure Boot would not start '{image.Path}': nobody signed its boot loader.",
                image.Path,
                "Leave -SecureBoot out, or build the image with a boot loader that Microsoft signed.");
        }

        if (image.Console == false)
        {
            warn($"The kernel of '{image.Path}' has no console=ttyS0 on its command line: the VM's serial console will show little or nothing of it.");
        }

        var boot = image.Format == LinuxKitImageFormat.Iso
            ? Dvd(image, machineName, generation, folder, wishes.IsNotCopied)
            : wishes.IsNotCopied ? Attached(image, generation) : Made(image, $"{FileName.Of(machineName)}-boot.vhdx", machineName, generation, folder, isDisk: true);
        return boot with { SecureBoot = wishes.SecureBoot, HasTpm = wishes.HasTpm };
    }

    /// <summary>Settles how a VM boots an image of a remote host, which cannot be looked at from here: its name tells what it is.</summary>
    /// <exception cref="LinuxKitException">ImageNotAttachable, GenerationNotPossible.</exception>
    public static MachineBoot SettleRemote(string imagePath, BootWishes wishes)
    {
        var isDvd = ImageFileName.IsDvd(imagePath);
        var isVhd = HasExtension(imagePath, ".vhd");
        if (!isDvd && !(wishes.IsNotCopied && (isVhd || HasExtension(imagePath, ".vhdx"))))
        {
            throw NotAttachable(imagePath, "On another host, an image is an ISO, or with -NoCopy a VHD or VHDX.");
        }

        var generation = wishes.Generation != 0 ? wishes.Generation : isVhd ? Generation1 : Generation2;
        if (isVhd)
        {
            CheckVhd(imagePath, generation);
        }

        CheckFirmware(imagePath, generation, wishes);
        return new MachineBoot(generation, imagePath, !isDvd) { SecureBoot = wishes.SecureBoot, HasTpm = wishes.HasTpm };
    }

    private static int GenerationFor(LinuxKitImage image, BootWishes wishes)
    {
        if (image.Generation is not { } fitting)
        {
            throw new LinuxKitException(
                "ImageNotBootable",
                FailureKind.InvalidData,
                $"Neither a BIOS nor UEFI finds anything to boot in '{image.Path}'.",
                image.Path,
                "Build it with linuxkit build -format iso-efi, or another format that boots. Kernel and initial ramdisk alone do not.");
        }

        var mode = wishes.Generation == Generation1 ? LinuxKitBootMode.Bios : LinuxKitBootMode.Uefi;
        return wishes.Generation == 0
            ? fitting
            : (image.BootMode & mode) != 0
                ? wishes.Generation
                : throw GenerationNotPossible(image.Path, $"'{image.Path}' boots by {image.BootMode}, which a VM of Generation {wishes.Generation} does not have.", $"Leave -Generation out: the image needs Generation {fitting}.");
    }

    private static void CheckArchitecture(LinuxKitImage image)
    {
        var host = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => LinuxKitArchitecture.X64,
            Architecture.Arm64 => LinuxKitArchitecture.Arm64,
            _ => LinuxKitArchitecture.Unknown,
        };
        if (image.Architecture != LinuxKitArchitecture.Unknown && host != LinuxKitArchitecture.Unknown && image.Architecture != host)
        {
            throw new LinuxKitException(
                "ImageArchitectureMismatch",
                FailureKind.InvalidArgument,
                $"'{image.Path}' is for {image.Architecture} processors, and this computer has {host}: Hyper-V emulates none.",
                image.Path,
                $"Build the image with linuxkit build -arch {(host == LinuxKitArchitecture.Arm64 ? "arm64" : "amd64")}.");
        }
    }

    private static void CheckFirmware(string imagePath, int generation, BootWishes wishes)
    {
        if (generation == Generation1 && (wishes.HasTpm || wishes.SecureBoot != LinuxKitSecureBoot.Off))
        {
            throw GenerationNotPossible(
                imagePath,
                $"'{imagePath}' needs a VM of Generation 1, which has neither Secure Boot nor a TPM.",
                "Leave -SecureBoot and -Tpm out, or build the image in a format for UEFI.");
        }
    }

    /// <remarks>A copy is made of what Hyper-V does not reach, or not by that name: it follows no links, and a share is read by the accounts of computers, which seldom have rights there.</remarks>
    private static MachineBoot Dvd(LinuxKitImage image, string machineName, int generation, MachineFolder folder, bool isNotCopied)
    {
        var place = Place(Iso(image.Path), isNotCopied);
        return (place.Reach == FileReach.Computer || isNotCopied) && ImageFileName.IsDvd(place.Path)
            ? new MachineBoot(generation, place.Path, false)
            : Made(image, $"{FileName.Of(machineName)}-boot.iso", machineName, generation, folder, isDisk: false);
    }

    /// <summary>Where Hyper-V finds a file: by its own path, unless a link or a drive of the user's leads to it.</summary>
    private static FilePlace Place(string path, bool isAttached)
    {
        var place = FilePlace.Of(path);
        return isAttached && place.Reach == FileReach.Session
            ? throw NotAttachable(path, $"Hyper-V does not reach '{path}'.", "Leave -NoCopy out, or copy the file to a drive of this computer.")
            : place.IsItself(path) ? place with { Path = path } : place;
    }

    private static string Iso(string imagePath) => ImageFileName.IsDvd(imagePath)
        ? imagePath
        : throw NotAttachable(imagePath, $"Hyper-V takes '{imagePath}', an ISO, by no other name than one that ends in .iso.", "Give the file such a name with Rename-Item.");

    private static MachineBoot Attached(LinuxKitImage image, int generation)
    {
        var isVhd = image.Format == LinuxKitImageFormat.Vhd && HasExtension(image.Path, ".vhd");
        if (!isVhd && !(image.Format == LinuxKitImageFormat.Vhdx && HasExtension(image.Path, ".vhdx")))
        {
            throw NotAttachable(image.Path, $"Hyper-V does not attach '{image.Path}' as it is.");
        }

        if (isVhd)
        {
            CheckVhd(image.Path, generation);
        }

        return new MachineBoot(generation, Place(image.Path, isAttached: true).Path, true);
    }

    private static void CheckVhd(string imagePath, int generation)
    {
        if (generation == Generation2)
        {
            throw NotAttachable(imagePath, $"A VM of Generation 2 has no VHD, such as '{imagePath}': it takes a VHDX.");
        }
    }

    private static MachineBoot Made(LinuxKitImage image, string name, string machineName, int generation, MachineFolder folder, bool isDisk)
    {
        var path = isDisk ? folder.For(name) : folder.ForCopy(name, image.Path);
        return File.Exists(path)
            ? throw new LinuxKitException(
                "DiskExists",
                FailureKind.ResourceExists,
                $"There is a file '{path}' already, where what the VM '{machineName}' boots would be.",
                path,
                "Remove the file if no VM uses it, or give the VM another name with -Name.")
            : new MachineBoot(generation, path, isDisk) { ConvertedFrom = image.Path };
    }

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static LinuxKitException GenerationNotPossible(string imagePath, string message, string remedy) =>
        new("GenerationNotPossible", FailureKind.InvalidArgument, message, imagePath, remedy);

    private static LinuxKitException NotAttachable(
        string imagePath,
        string message,
        string remedy = "Convert it with ConvertTo-LinuxKitDisk, or leave -NoCopy out to have it converted.") =>
        new("ImageNotAttachable", FailureKind.InvalidArgument, message, imagePath, remedy);
}

/// <summary>What a user asks for of a VM's firmware.</summary>
/// <param name="Generation">1 or 2; 0 for what the image needs.</param>
/// <param name="SecureBoot">Whose signatures it accepts.</param>
/// <param name="HasTpm">Whether it has a TPM.</param>
/// <param name="IsNotCopied">Whether a VHD or VHDX is attached as it is.</param>
internal sealed record BootWishes(int Generation, LinuxKitSecureBoot SecureBoot, bool HasTpm, bool IsNotCopied)
{
    /// <summary>Nothing in particular.</summary>
    public static BootWishes None { get; } = new(0, LinuxKitSecureBoot.Off, false, false);
}
