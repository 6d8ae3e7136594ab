using System.Collections.Generic;
using System.Text;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Small images in LinuxKit's layouts: all that is looked at is there, and nothing that runs.</summary>
internal static class TestImage
{
    public const string CommandLine = "console=ttyS0 page_poison=1 text";
    public const ushort X64 = 0x8664;
    public const ushort Arm64 = 0xAA64;

    /// <summary>As LinuxKit's iso-efi-initrd.</summary>
    public static byte[] EfiIso(string commandLine = CommandLine, ushort machine = X64) => IsoBuilder.Build(
        new() { ["EFI/BOOT/grub.cfg"] = GrubConfiguration(commandLine), ["kernel"] = Bytes("kernel"), ["initrd.img"] = Bytes("initrd") },
        efi: EfiSystem(machine));

    /// <summary>As LinuxKit's iso-bios.</summary>
    public static byte[] BiosIso(string commandLine = CommandLine) => IsoBuilder.Build(
        new() { ["isolinux/isolinux.cfg"] = SyslinuxConfiguration(commandLine), ["boot/kernel"] = Bytes("kernel") },
        bios: Bytes("   isolinux 6.04"));

    /// <summary>As LinuxKit's qcow2-efi, before it is made a qcow2.</summary>
    public static byte[] EfiDisk(string commandLine = CommandLine, ushort machine = X64) =>
        DiskBuilder.Gpt(EfiSystem(machine, new() { ["EFI/BOOT/grub.cfg"] = GrubConfiguration(commandLine) }));

    /// <summary>As LinuxKit's raw-efi: systemd-boot and a unified kernel.</summary>
    public static byte[] UnifiedDisk(string commandLine = CommandLine) => DiskBuilder.Gpt(FatBuilder.Build(new()
    {
        ["EFI/BOOT/BOOTX64.EFI"] = ProgramBuilder.Build(X64, new() { [".text"] = Bytes("code"), [".sdmagic"] = Bytes("systemd-boot") }),
        ["EFI/Linux/linuxkit.efi"] = ProgramBuilder.Build(X64, new() { [".linux"] = Bytes("kernel"), [".cmdline"] = Bytes(commandLine) }),
        ["loader/loader.conf"] = Bytes("timeout 0\n"),
    }));

    /// <summary>As LinuxKit's raw-bios.</summary>
    public static byte[] BiosDisk(string commandLine = CommandLine) => DiskBuilder.Mbr(
        FatBuilder.Build(new() { ["syslinux.cfg"] = SyslinuxConfiguration(commandLine), ["kernel"] = Bytes("kernel") }, "SYSLINUX"));

    private static byte[] EfiSystem(ushort machine, Dictionary<string, byte[]>? more = null)
    {
        var files = more ?? [];
        files[machine == X64 ? "EFI/BOOT/BOOTX64.EFI" : "EFI/BOOT/BOOTAA64.EFI"] = ProgramBuilder.Build(machine, new() { [".text"] = Bytes("code"), ["mods"] = Bytes("modules") });
        return FatBuilder.Build(files);
    }

    private static byte[] GrubConfiguration(string commandLine) => Bytes(
        $"set timeout=0\nset gfxpayload=text\nmenuentry 'LinuxKit ISO Image' {{\n\tlinux /kernel {commandLine}\n\tinitrd /initrd.img\n}}\n");

    private static byte[] SyslinuxConfiguration(string commandLine) => Bytes(
        $"DEFAULT linux\nLABEL linux\n    KERNEL /kernel\n    INITRD /initrd.img\n    APPEND {commandLine}\n");

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
