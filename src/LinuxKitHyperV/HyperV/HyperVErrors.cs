using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>Turns the errors of Hyper-V's cmdlets into ours. Ids and categories decide; texts are localised and never do.</summary>
internal static class HyperVErrors
{
    /// <summary>Our error for one of Hyper-V's.</summary>
    /// <param name="error">What Hyper-V's cmdlet wrote.</param>
    /// <param name="failure">What our caller was about to do.</param>
    public static LinuxKitException Translate(ErrorRecord error, CallFailure failure)
    {
        var reason = error.Exception.Message;
        if (IsModuleMissing(error))
        {
            return new LinuxKitException(
                "HyperVModuleNotFound",
                FailureKind.ObjectNotFound,
                $"{failure.Message} The Hyper-V module for PowerShell is not installed. {reason}",
                failure.Target,
                HostRemedy.InstallModule,
                error.Exception);
        }

        var kind = KindOf(error);
        var remedy = failure.Remedies.TryGetValue(kind, out var special) ? special : failure.Remedy;
        return kind == FailureKind.PermissionDenied
            ? new LinuxKitException(
                failure.ErrorId + "AccessDenied",
                kind,
                $"{failure.Message} {reason}",
                failure.Target,
                $"{remedy} {HostRemedy.AskForRights}",
                error.Exception)
            : new LinuxKitException(
                failure.ErrorId,
                kind,
                $"{failure.Message} {reason}",
                failure.Target,
                remedy,
                error.Exception);
    }

    /// <summary>Whether an error says that the module is not there. The record of an error that ends a pipeline has no exception of its kind.</summary>
    public static bool IsModuleMissing(ErrorRecord error) =>
        error.Exception is CommandNotFoundException || error.FullyQualifiedErrorId is "CouldNotAutoLoadModule" or "CommandNotFoundException";

    /// <summary>Whether an error says that the object does not exist. Get-VM reports an unknown name as an invalid parameter.</summary>
    public static bool IsNotFound(ErrorRecord error) =>
        error.CategoryInfo.Category == ErrorCategory.ObjectNotFound ||
        (error.CategoryInfo.Category == ErrorCategory.InvalidArgument &&
         error.Exception.GetType().Name == "VirtualizationException");

    /// <summary>Whether an error says that what was asked for cannot be done in the state that the object is in.</summary>
    public static bool IsInvalidState(ErrorRecord error) => error.FullyQualifiedErrorId.StartsWith("InvalidState,", StringComparison.Ordinal);

    /// <remarks>FromStdErr is the category that Hyper-V gives to a lack of memory, NotSpecified the one for most failures of the host.</remarks>
    private static FailureKind KindOf(ErrorRecord error) => error.CategoryInfo.Category switch
    {
        ErrorCategory.FromStdErr => FailureKind.ResourceUnavailable,
        var category when Enum.TryParse<FailureKind>(category.ToString(), out var kind) => kind,
        _ => FailureKind.InvalidOperation,
    };
}

/// <summary>What is reported when a call fails.</summary>
/// <param name="ErrorId">The id of our error.</param>
/// <param name="Message">What could not be done; Hyper-V's own words follow it.</param>
/// <param name="Target">What it could not be done to.</param>
/// <param name="Remedy">What the user can do.</param>
internal sealed record CallFailure(string ErrorId, string Message, object? Target, string Remedy)
{
    /// <summary>What the user can do about some kinds of failure, instead.</summary>
    public IReadOnlyDictionary<FailureKind, string> Remedies { get; init; } = new Dictionary<FailureKind, string>();
}
