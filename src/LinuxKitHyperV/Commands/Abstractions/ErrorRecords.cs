using System;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes PowerShell's error records from ours.</summary>
internal static class ErrorRecords
{
    // From 7.5 on PowerShell shows an error's recommended action by itself (PowerShell/PowerShell#20826).
    private static readonly bool ShowsRecommendedAction = typeof(PSObject).Assembly.GetName().Version >= new Version(7, 5);

    /// <summary>The record of a failure: its id, category, target, and its remedy as the recommended action.</summary>
    public static ErrorRecord ToErrorRecord(this LinuxKitException exception)
    {
        // The kinds are named after the categories.
        var category = (ErrorCategory)Enum.Parse(typeof(ErrorCategory), exception.Kind.ToString());
        var message = ShowsRecommendedAction ? exception.Message : $"{exception.Message} {exception.Remedy}";
        return new ErrorRecord(exception, exception.ErrorId, category, exception.Target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = exception.Remedy },
        };
    }
}
