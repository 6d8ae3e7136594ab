using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Console;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Planning;

namespace LinuxKitHyperV.Machines;

/// <summary>The steps that remove a VM, and the files that belong to it.</summary>
internal static class MachineRemoval
{
    // Enough for a LinuxKit guest to write its data disks.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What -WhatIf and the question say of a VM that is removed when its console is left.</summary>
    /// <param name="files">What is deleted with it.</param>
    public static string Announce(IEnumerable<string> files)
    {
        var deletion = string.Join(", ", files.Select(file => $"'{file}'"));
        return "Remove it when its console is left or it stops" + (deletion.Length == 0 ? string.Empty : $", and delete {deletion}");
    }

    /// <summary>Plans it.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="isOff">Whether it is off, and need not be turned off.</param>
    /// <param name="files">What to delete.</param>
    /// <param name="users">Who has which disks.</param>
    public static IEnumerable<PlanStep> Steps(LinuxKitMachine machine, bool isOff, OwnFiles files, DiskUsers users)
    {
        if (!isOff)
        {
            yield return new TurnOffStep(machine);
        }

        yield return new RemoveMachineStep(machine);
        if (files.Metadata is { } metadata)
        {
            yield return DeleteMetadata(metadata, machine.Host.IsLocal);
        }

        if (files.Boot is { } boot)
        {
            yield return new DeleteFileStep(boot, machine.Host.IsLocal, new FileFailure(
                "DiskRemovalFailed",
                $"The VM '{machine.Name}' is removed, but the copy of its image '{boot}' could not be deleted.",
                "Delete the file when nothing uses it any more."));
        }

        foreach (var disk in files.Disks)
        {
            yield return new DeleteDiskStep(machine, disk, users, new FileFailure(
                "DiskRemovalFailed",
                $"The VM '{machine.Name}' is removed, but its disk '{disk}' could not be deleted.",
                "Delete the file when nothing uses it any more."));
        }

        if (files.Folder is { } folder)
        {
            yield return new DeleteFolderStep(folder);
        }
    }

    /// <summary>Removes a VM whose console was left, also after Ctrl+C, which may come while the guest shuts down: by calls that run although the pipeline is being stopped.</summary>
    /// <param name="made">The VM.</param>
    /// <param name="withData">Whether its data disks are deleted too.</param>
    /// <param name="context">What it runs in.</param>
    /// <exception cref="LinuxKitException">VMTurnOffFailed, VMRemovalFailed.</exception>
    public static void OnExit(LinuxKitMachine made, bool withData, PlanContext context)
    {
        // Its notes have what its files are known by.
        var machine = LinuxKitMachine.From(made.Object) ?? made;
        var users = new DiskUsers(context.HyperV.Undoing);
        var files = OwnFiles.Of(machine, withData, users, context.Report.Warn);
        var isOff = CurrentState.IsAtRest(machine);
        try
        {
            if (!isOff && !context.Report.IsStopping)
            {
                isOff = IsShutDown(machine, context);
                users.Renew();
            }
        }
        finally
        {
            Finish(Steps(machine, isOff, files, users), machine.Name, context.Undoing);
        }
    }

    /// <summary>Deletes a metadata image that no VM has any more.</summary>
    public static PlanStep DeleteMetadata(string metadata, bool isLocal) => new DeleteFileStep(metadata, isLocal, new FileFailure(
        "MetadataRemovalFailed",
        $"The metadata image '{metadata}' is used no more, but could not be deleted.",
        "Delete the file: what is in it may be a secret."));

    private static bool IsShutDown(LinuxKitMachine machine, PlanContext context)
    {
        // A guest that has shut itself down may still be said to run.
        if (IsAtRest(machine, context))
        {
            return true;
        }

        var ask = new ShutDownStep(machine, ShutdownTimeout);
        PlanRunner.Run([ask], context);
        return context.Find(ask.Failure) is null;
    }

    private static bool IsAtRest(LinuxKitMachine machine, PlanContext context)
    {
        try
        {
            return new CurrentState(context.HyperV, context.Wait).Is(MachineCondition.AtRest, machine);
        }
        catch (LinuxKitException)
        {
            // It is removed all the same, and what fails then is told.
            return false;
        }
    }

    private static void Finish(IEnumerable<PlanStep> steps, string machineName, PlanContext context)
    {
        try
        {
            PlanRunner.RunThrough(steps, context);
        }
        catch (LinuxKitException exception) when (context.Report.IsStopping)
        {
            // No error can be written any more, and what was on its way must not be hidden by another exception.
            context.Report.Warn($"Left behind: the VM '{machineName}'. {exception.Message} {exception.Remedy}");
        }
    }

    private sealed record RemoveMachineStep(LinuxKitMachine Machine) : PlanStep($"Remove the VM '{Machine.Name}'")
    {
        public override void Run(PlanContext context)
        {
            MachineConsole.Forget(Machine, ConsoleEndReason.VMRemoved);
            context.HyperV.Invoke(HyperVCall.Remove(Machine.Object)).OutputOr(new CallFailure(
                "VMRemovalFailed",
                $"The VM '{Machine.Name}' could not be removed.",
                Machine.Name,
                "Look at its state with Get-VM, and try again.")
            {
                Remedies = new Dictionary<FailureKind, string>
                {
                    [FailureKind.ObjectNotFound] = "It was removed meanwhile; its disks are left where they are.",
                },
            });
        }
    }

    private sealed record FileFailure(string ErrorId, string Message, string Remedy);

    /// <summary>Deletes a disk, if it is still the one that was made for the VM, and no other VM has it now: somebody may have put another in its place, or attached it.</summary>
    private sealed record DeleteDiskStep(LinuxKitMachine Machine, string Path, DiskUsers Users, FileFailure Failure) : DeleteFileStep(Path, Machine.Host.IsLocal, Failure)
    {
        // Who holds the disk lets nobody look at it either.
        protected override void Delete(PlanContext context)
        {
            if (File.Exists(Path) && (OwnDisks.ReasonNotMade(Path, Machine.Mark!.Made) ?? Users.ReasonToKeep(Machine, Path)) is { } reason)
            {
                context.Report.Warn(OwnDisks.Stays(Machine.Name, Path, reason));
            }
            else
            {
                base.Delete(context);
            }
        }
    }

    /// <summary>Deletes the folder that was made for a VM's files, unless something is in it: a file that stays, say.</summary>
    private sealed record DeleteFolderStep(string Path) : PlanStep($"Delete '{Path}', if it is empty")
    {
        public override void Run(PlanContext context)
        {
            try
            {
                Directory.Delete(Path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Nothing is lost by an empty folder.
            }
        }
    }

    private record DeleteFileStep(string Path, bool IsLocal, FileFailure Failure) : PlanStep($"Delete '{Path}'")
    {
        public override bool MayFail => true;

        public override void Run(PlanContext context)
        {
            try
            {
                if (!IsLocal)
                {
                    throw new IOException("Files of a remote host cannot be deleted from here.");
                }

                HeldFile.Do(context, Path, () => Delete(context));
            }
            catch (PipelineStoppedException)
            {
                context.Report.Warn($"Left behind: the file '{Path}'. {Failure.Remedy}");
                throw;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new LinuxKitException(Failure.ErrorId, FailureKind.WriteError, $"{Failure.Message} {exception.Message}", Path, Failure.Remedy, exception);
            }
        }

        /// <summary>Deletes it; called again while it is held.</summary>
        protected virtual void Delete(PlanContext context) => File.Delete(Path);
    }
}
