using System;
using System.Diagnostics;
using System.IO;

namespace HyperV.Qemu.Engine;

/// <summary>Proves that KVM executes guests.</summary>
/// <remarks>
/// That /dev/kvm exists, and opens, proves nothing: on nested and emulated hosts it may fail at the first guest
/// instruction, or with an instruction that no operating system does without. So a guest of a few instructions is run:
/// it enables paging, enters 64-bit mode, uses the floating-point unit and SSE, and ends QEMU with an exit code of its own.
/// </remarks>
internal static class KvmProof
{
    private const string Device = "/dev/kvm";
    private const int FirmwareSize = 64 * 1024;

    /// <summary>QEMU's debug-exit device exits with twice the value that the guest writes, and one.</summary>
    private const int Success = (0x15 * 2) + 1;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The last bytes of the guest's firmware: code at F000:FF00, and the reset vector at F000:FFF0.</summary>
    private static readonly byte[] Code =
    [
        0xFA,                                                 // 00 cli
        0x31, 0xC0,                                           // 01 xor   ax, ax
        0x8E, 0xD8,                                           // 03 mov   ds, ax
        0x66, 0xC7, 0x06, 0x00, 0x10, 0x03, 0x20, 0x00, 0x00, // 05 mov   dword [1000h], 2003h     level 4
        0x66, 0xC7, 0x06, 0x00, 0x20, 0x03, 0x30, 0x00, 0x00, // 0E mov   dword [2000h], 3003h     level 3
        0x66, 0xC7, 0x06, 0x00, 0x30, 0x83, 0x00, 0x00, 0x00, // 17 mov   dword [3000h], 83h       2 MiB at 0
        0x66, 0xB8, 0x00, 0x10, 0x00, 0x00,                   // 20 mov   eax, 1000h
        0x0F, 0x22, 0xD8,                                     // 26 mov   cr3, eax
        0x66, 0xB8, 0x20, 0x06, 0x00, 0x00,                   // 29 mov   eax, 620h                PAE, SSE
        0x0F, 0x22, 0xE0,                                     // 2F mov   cr4, eax
        0x66, 0xB9, 0x80, 0x00, 0x00, 0xC0,                   // 32 mov   ecx, C0000080h           EFER
        0x66, 0x31, 0xD2,                                     // 38 xor   edx, edx
        0x66, 0xB8, 0x00, 0x01, 0x00, 0x00,                   // 3B mov   eax, 100h                long mode
        0x0F, 0x30,                                           // 41 wrmsr
        0x2E, 0x66, 0x0F, 0x01, 0x16, 0x88, 0xFF,             // 43 lgdt  cs:[FF88h]
        0x66, 0xB8, 0x11, 0x00, 0x00, 0x80,                   // 4A mov   eax, 80000011h           paging, protection
        0x0F, 0x22, 0xC0,                                     // 50 mov   cr0, eax
        0x66, 0xEA, 0x5B, 0xFF, 0x0F, 0x00, 0x08, 0x00,       // 53 jmp   0008:000FFF5Bh
        0xDB, 0xE3,                                           // 5B fninit                         64 bits from here
        0x9B,                                                 // 5D fwait
        0xD9, 0xE8,                                           // 5E fld1
        0xB8, 0x01, 0x00, 0x00, 0x00,                         // 60 mov   eax, 1
        0x0F, 0xA2,                                           // 65 cpuid
        0x66, 0x0F, 0xEF, 0xC0,                               // 67 pxor  xmm0, xmm0
        0xB0, 0x15,                                           // 6B mov   al, 15h
        0xE6, 0xF4,                                           // 6D out   F4h, al
        0xF4,                                                 // 6F hlt
        0xEB, 0xFD,                                           // 70 jmp   6Fh
        0x90, 0x90, 0x90, 0x90, 0x90, 0x90,                   // 72
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,       // 78 segment 0
        0x00, 0x00, 0x00, 0x00, 0x00, 0x9A, 0x20, 0x00,       // 80 segment 8: 64-bit code
        0x0F, 0x00, 0x78, 0xFF, 0x0F, 0x00,                   // 88 its table: 16 bytes at FFF78h
    ];

    private static readonly byte[] ResetVector = [0xEA, 0x00, 0xFF, 0x00, 0xF0]; // jmp F000:FF00

    /// <summary>Whether KVM executes guests. It is tried once after each start of the system.</summary>
    public static bool Holds(string program)
    {
        if (!File.Exists(Device))
        {
            return false;
        }

        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        var memory = Path.Combine(Path.GetTempPath(), $"hyperv-qemu-kvm-{Environment.UserName}-{boot}");
        var (works, fails) = ($"{memory}.works", $"{memory}.fails");
        if (!File.Exists(works) && !File.Exists(fails))
        {
            File.WriteAllBytes(Try(program, "kvm", "host") ? works : fails, []);
        }

        return File.Exists(works);
    }

    /// <summary>Runs the guest.</summary>
    /// <param name="program">The path of QEMU.</param>
    /// <param name="accelerator">What shall execute it.</param>
    /// <param name="processor">The processor that it shall see.</param>
    public static bool Try(string program, string accelerator, string processor)
    {
        var folder = Directory.CreateTempSubdirectory("hyperv-qemu-kvm-");
        try
        {
            var firmware = Path.Combine(folder.FullName, "firmware");
            File.WriteAllBytes(firmware, Firmware());
            using var qemu = Process.Start(new ProcessStartInfo(program)
            {
                ArgumentList =
                {
                    "-accel", accelerator, "-cpu", processor, "-machine", "pc", "-m", "2M", "-bios", firmware,
                    "-device", "isa-debug-exit,iobase=0xf4,iosize=1",
                    "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none",
                },
                WorkingDirectory = folder.FullName,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (!qemu.WaitForExit(Limit))
            {
                qemu.Kill();
                qemu.WaitForExit();
            }

            return qemu.ExitCode == Success;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Firmware()
    {
        var firmware = new byte[FirmwareSize];
        Code.CopyTo(firmware, FirmwareSize - 0x100);
        ResetVector.CopyTo(firmware, FirmwareSize - 0x10);
        return firmware;
    }
}
