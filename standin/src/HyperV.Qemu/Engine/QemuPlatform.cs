using System;
using System.IO;
using HyperV.Qemu.State;

namespace HyperV.Qemu.Engine;

/// <summary>What a host offers to run machines with.</summary>
/// <param name="Program">The path of QEMU.</param>
/// <param name="HasKvm">Whether KVM executes guests here.</param>
/// <param name="FirmwareFolder">Where the UEFI firmware lies.</param>
/// <param name="LogsSerialPorts">Whether what the guest sends through its COM ports is recorded.</param>
internal sealed record QemuPlatform(string Program, bool HasKvm, string FirmwareFolder, bool LogsSerialPorts)
{
    /// <summary>The environment variable that makes the COM ports be recorded when it is 1.</summary>
    public const string SerialLogVariable = "HYPERV_QEMU_SERIAL_LOG";

    /// <summary>The name that the system gives QEMU's processes: it keeps 15 bytes of it.</summary>
    public const string ProcessName = "qemu-system-x86";

    private const string ProgramName = "qemu-system-x86_64";

    /// <summary>Where Debian and Ubuntu install the UEFI firmware.</summary>
    private const string OvmfFolder = "/usr/share/OVMF";

    /// <summary>Finds out what this host offers.</summary>
    /// <exception cref="EngineException">There is no QEMU.</exception>
    public static QemuPlatform Detect()
    {
        var program = Find(ProgramName);
        return new QemuPlatform(
            program,
            KvmProof.Holds(program),
            OvmfFolder,
            Environment.GetEnvironmentVariable(SerialLogVariable) == "1");
    }

    /// <summary>The UEFI firmware's code.</summary>
    public string FirmwareCode(bool secureBoot) => Path.Combine(FirmwareFolder, secureBoot ? "OVMF_CODE_4M.ms.fd" : "OVMF_CODE_4M.fd");

    /// <summary>The variables that the UEFI firmware starts with.</summary>
    /// <param name="secureBootTemplate">Whose keys they hold; null for none.</param>
    /// <exception cref="EngineException">There are no such variables.</exception>
    public byte[] FirmwareVariables(Guid? secureBootTemplate)
    {
        if (secureBootTemplate is null)
        {
            return File.ReadAllBytes(Path.Combine(FirmwareFolder, "OVMF_VARS_4M.fd"));
        }

        // Debian's have all of Microsoft's keys.
        var variables = File.ReadAllBytes(Path.Combine(FirmwareFolder, "OVMF_VARS_4M.ms.fd"));
        if (secureBootTemplate == FirmwareDefinition.MicrosoftWindows)
        {
            SecureBootKeys.RemoveUefiCertificateAuthority(variables);
        }
        else if (secureBootTemplate != FirmwareDefinition.MicrosoftUefiCertificateAuthority)
        {
            throw new EngineException(EngineFault.Unspecified, $"The stand-in has no firmware with the keys of the Secure Boot template {secureBootTemplate}.");
        }

        return variables;
    }

    private static string Find(string program)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, program);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new EngineException(
            EngineFault.Unspecified,
            $"'{program}' is not on the PATH. On Debian and Ubuntu the package qemu-system-x86 has it.");
    }
}
