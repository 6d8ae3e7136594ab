using System;
using System.Management.Automation;

namespace LinuxKitHyperV.Commands;

/// <summary>Makes PowerShell's error records from ours.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure: its id, category, target, and its remedy as the recommended action.</summary>
    public static ErrorRecord ToErrorRecord(this LinuxKitException exception)
    {
        // The kinds are named after the categories.
        var category = (ErrorCategory)Enum.Parse(typeof(ErrorCategory), exception.Kind.ToString());
        return new ErrorRecord(exception, exception.ErrorId, category, exception.Target)
        {
            ErrorDetails = new ErrorDetails($"{exception.Message} {exception.Remedy}") { RecommendedAction = exception.Remedy },
        };
    }
}
