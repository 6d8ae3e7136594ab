using HyperV.Qemu.Controls;
using HyperV.Qemu.Engine;
using HyperV.Qemu.State;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Machines;

/// <summary>Turns what an engine says into what Hyper-V says.</summary>
internal static class EngineErrors
{
    /// <summary>The error of an operation that the engine could not do.</summary>
    public static VirtualizationException Translate(MachineDefinition machine, string summary, EngineException exception)
    {
        var (identifier, systemError) = exception.Fault switch
        {
            EngineFault.OutOfMemory => (ErrorIdentifier.OutOfMemory, SystemError.OutOfMemory),
            EngineFault.AccessDenied => (ErrorIdentifier.AccessDenied, SystemError.AccessDenied),
            EngineFault.InvalidState => (ErrorIdentifier.InvalidState, null),
            EngineFault.InUse => (ErrorIdentifier.Unspecified, SystemError.SharingViolation),
            EngineFault.NotFound => (ErrorIdentifier.Unspecified, SystemError.FileNotFound),
            EngineFault.DiskLimitation => (ErrorIdentifier.Unspecified, SystemError.VirtualDiskLimitation),
            _ => (ErrorIdentifier.Unspecified, (uint?)null),
        };
        return Errors.OperationFailed(machine, identifier, summary, Reason(machine, exception), systemError, exception);
    }

    private static string Reason(MachineDefinition machine, EngineException exception)
    {
        var controller = machine.Generation == 1 ? "Microsoft Emulated IDE Controller" : "Synthetic SCSI Controller";
        return exception.Fault switch
        {
            EngineFault.InUse => PowerOn("The process cannot access the file because it is being used by another process."),
            EngineFault.DiskLimitation => PowerOn(FileStorage.Limitation),
            EngineFault.NotFound => PowerOn("The system cannot find the file specified."),
            EngineFault.AccessDenied => PowerOn("General access denied error"),
            EngineFault.OutOfMemory => $"Not enough memory in the system to start the virtual machine {machine.Name} with ram size {machine.Memory.Startup >> 20} megabytes.\n\nCould not initialize memory: Not enough memory resources are available to complete this operation.",
            _ => exception.Message,
        };

        string PowerOn(string error) => exception.Path is { } path
            ? $"{controller}: Failed to Power on with Error '{error}'.\n\nAttachment '{path}' failed to open because of error: '{error}'."
            : $"{exception.Message}: '{error}'.";
    }
}
