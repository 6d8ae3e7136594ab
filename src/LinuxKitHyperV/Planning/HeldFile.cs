using System;
using System.IO;
using System.Runtime.ExceptionServices;

namespace LinuxKitHyperV.Planning;

/// <summary>Deletes, moves and replaces files that somebody else may hold for a moment: Hyper-V after a VM is removed or a disk is made, an antivirus program after anything.</summary>
internal static class HeldFile
{
    private const int Win32Facility = unchecked((int)0x80070000);

    private const int AccessDenied = 5;
    private const int SharingViolation = 32;
    private const int LockViolation = 33;

    // What ReplaceFile says of either file.
    private const int UnableToRemoveReplaced = 1175;
    private const int UnableToMoveReplacement = 1176;

    // EWOULDBLOCK: how .NET on Linux tells of a file that another opened to itself.
    private const int WouldBlock = 11;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Does something to a file, and while the file is held, again; what fails for longer fails.</summary>
    /// <param name="context">What it runs in.</param>
    /// <param name="path">The file, for who wonders what is waited for.</param>
    /// <param name="work">What is done. It may be done several times.</param>
    public static void Do(PlanContext context, string path, Action work)
    {
        ExceptionDispatchInfo? failure = null;
        var isDone = context.Wait.Until($"another program to let go of '{path}'", Limit, Interval, () =>
        {
            try
            {
                work();
                return true;
            }
            catch (Exception exception) when (IsHeld(exception))
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                return false;
            }
        });
        if (!isDone)
        {
            failure!.Throw();
        }
    }

    /// <summary>Whether an error may be that of a file which is held.</summary>
    public static bool IsHeld(Exception exception) =>
        exception is IOException { HResult: WouldBlock } ||
        (exception is IOException or UnauthorizedAccessException && (exception.HResult - Win32Facility) is AccessDenied or SharingViolation or LockViolation or UnableToRemoveReplaced or UnableToMoveReplacement);
}
