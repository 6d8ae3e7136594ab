using System;
using System.Linq;
using HyperV.Qemu.Hosts;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Controls;

/// <summary>What does not work on a host; all of it does, unless the environment says otherwise.</summary>
internal static class Breakdown
{
    /// <summary>The environment variable that names what is broken, everywhere or, as in <c>hv02:vmms</c>, on a host.</summary>
    public const string Variable = "HYPERV_QEMU_BROKEN";

    private const string ManagementService = "vmms";
    private const string ServiceMissing = "service";
    private const string Hypervisor = "hypervisor";
    private const string Component = "component";
    private const string Resources = "resources";
    private const string FileSystem = "file-system";
    private const string Memory = "memory";
    private const string DiskSpace = "disk-space";

    /// <summary>Refuses everything where the management service does not run.</summary>
    /// <exception cref="VirtualizationException">It does not.</exception>
    public static void RequireManagementService(VirtualizationHost host)
    {
        if (LacksManagementService(host))
        {
            // Only the text has been seen; the identifier is assumed to be that of a service that is stopped.
            throw new VirtualizationException(ErrorIdentifier.ObjectNotFound, "The specified service does not exist as an installed service.");
        }

        if (HasStoppedManagementService(host))
        {
            throw Errors.NotAccessible(host);
        }
    }

    /// <summary>Refuses to start a machine where the host cannot.</summary>
    /// <exception cref="VirtualizationException">It cannot.</exception>
    public static void RequireStartable(VirtualizationHost host, MachineDefinition machine)
    {
        if (LacksHypervisor(host))
        {
            throw CannotStart($"Virtual machine '{machine.Name}' could not be started because the hypervisor is not running.");
        }

        if (IsBroken(Component, host))
        {
            throw CannotStart($"Failed to start the virtual machine '{machine.Name}' because one of the Hyper-V components is not running.");
        }

        if (IsBroken(Resources, host))
        {
            throw CannotStart(
                $"Unable to allocate {machine.Memory.Startup >> 20} MB of RAM: Insufficient system resources exist to complete the requested service.",
                SystemError.NoSystemResources);
        }

        VirtualizationException CannotStart(string reason, uint? systemError = null)
            => Errors.OperationFailed(machine, ErrorIdentifier.Unspecified, "failed to start.", reason, systemError);
    }

    /// <summary>Whether the management service is not installed.</summary>
    public static bool LacksManagementService(VirtualizationHost host) => IsBroken(ServiceMissing, host);

    /// <summary>Whether the management service does not run.</summary>
    public static bool HasStoppedManagementService(VirtualizationHost host) => IsBroken(ManagementService, host);

    /// <summary>Whether the hypervisor does not run.</summary>
    public static bool LacksHypervisor(VirtualizationHost host) => IsBroken(Hypervisor, host);

    /// <summary>Whether Windows tells of no free memory.</summary>
    public static bool LacksMemory(VirtualizationHost host) => IsBroken(Memory, host);

    /// <summary>Whether Windows tells of no free space on the disk.</summary>
    public static bool LacksDiskSpace(VirtualizationHost host) => IsBroken(DiskSpace, host);

    /// <summary>Whether the file system that a host keeps its disks on takes no more of them.</summary>
    public static bool LimitsFiles(VirtualizationHost host) => IsBroken(FileSystem, host);

    private static bool IsBroken(string part, VirtualizationHost host)
        => (Environment.GetEnvironmentVariable(Variable) ?? string.Empty)
            .Split(';', StringSplitOptions.TrimEntries)
            .Any(entry => entry == part || entry.Equals($"{host.Name}:{part}", StringComparison.OrdinalIgnoreCase));
}
