using System;
using System.Collections.Generic;
using System.Linq;
using LinuxKitHyperV.Content;
using LinuxKitHyperV.Formats;
using LinuxKitHyperV.Formats.Pe;

namespace LinuxKitHyperV.Images;

/// <summary>Finds the kernel's command line in the configuration of a boot loader.</summary>
internal static class BootConfiguration
{
    private static readonly string[] GrubFiles =
        ["EFI/BOOT/grub.cfg", "boot/grub/grub.cfg", "boot/grub2/grub.cfg", "grub/grub.cfg", "EFI/debian/grub.cfg", "grub.cfg"];

    private static readonly string[] SyslinuxFiles =
    [
        "isolinux/isolinux.cfg", "boot/isolinux/isolinux.cfg", "isolinux.cfg",
        "boot/syslinux/syslinux.cfg", "syslinux/syslinux.cfg", "syslinux.cfg",
        "boot/extlinux/extlinux.conf", "extlinux/extlinux.conf", "extlinux.conf",
    ];

    private static readonly string[] GrubCommands = ["linux", "linuxefi", "linux16"];
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The command line by GRUB's configuration; null where there is none.</summary>
    public static string? FromGrub(BootFileSystem files) => First(files, GrubFiles, Grub);

    /// <summary>The command line by the configuration of ISOLINUX, SYSLINUX or EXTLINUX; null where there is none.</summary>
    public static string? FromSyslinux(BootFileSystem files) => First(files, SyslinuxFiles, Syslinux);

    /// <summary>The command line by the entries of systemd-boot: files with options, or kernels with a section for it.</summary>
    public static string? FromSystemdBoot(BootFileSystem files) =>
        files.List("loader/entries")
            .Where(name => name.EndsWith(".conf", StringComparison.OrdinalIgnoreCase))
            .Select(name => SystemdBoot(files.ReadText($"loader/entries/{name}") ?? string.Empty))
            .FirstOrDefault(line => line is not null)
        ?? files.List("EFI/Linux")
            .Select(name => files.Find($"EFI/Linux/{name}") is { } kernel ? FromKernel(kernel) : null)
            .FirstOrDefault(line => line is not null);

    /// <summary>The command line in a unified kernel image; null where it has none.</summary>
    public static string? FromKernel(ImageContent kernel) => PortableExecutable.Read(kernel)?.Text(".cmdline", 4096)?.Trim();

    /// <summary>The command line of the first kernel that a grub.cfg starts.</summary>
    public static string? Grub(string text) => Lines(text)
        .Where(line => GrubCommands.Contains(line[0], StringComparer.Ordinal) && line.Length > 1)
        .Select(line => string.Join(" ", line.Skip(2)))
        .FirstOrDefault();

    /// <summary>The command line of the label that a syslinux.cfg starts by default, or of the first one.</summary>
    public static string? Syslinux(string text)
    {
        string? wanted = null, label = null, first = null, found = null;
        foreach (var line in Lines(text).Where(line => line.Length > 1))
        {
            switch (line[0].ToUpperInvariant())
            {
                case "DEFAULT":
                    wanted = line[1];
                    break;
                case "LABEL":
                    label = line[1];
                    break;
                case "APPEND":
                    var append = string.Join(" ", line.Skip(1));
                    first ??= append;
                    found ??= label is not null && label.Equals(wanted, StringComparison.OrdinalIgnoreCase) ? append : null;
                    break;
            }
        }

        return found ?? first;
    }

    /// <summary>The options of an entry of systemd-boot: there may be several lines of them.</summary>
    public static string? SystemdBoot(string text)
    {
        var options = Lines(text).Where(line => line[0] == "options").SelectMany(line => line.Skip(1)).ToList();
        return options.Count > 0 ? string.Join(" ", options) : null;
    }

    private static string? First(BootFileSystem files, string[] paths, Func<string, string?> read) => paths
        .Select(path => files.ReadText(path) is { } text ? read(text) : null)
        .FirstOrDefault(line => line is not null);

    private static IEnumerable<string[]> Lines(string text) => text
        .Split('\n', '\r')
        .Select(line => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > 0);
}
