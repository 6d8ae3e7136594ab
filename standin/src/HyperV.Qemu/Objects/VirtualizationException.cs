using System;
using System.Management.Automation;
using Identifier = HyperV.Qemu.ErrorIdentifier;

namespace Microsoft.HyperV.PowerShell;

/// <summary>What the Hyper-V module's cmdlets report as an error's exception.</summary>
public sealed class VirtualizationException : Exception
{
    internal VirtualizationException(
        Identifier identifier,
        string message,
        object? target = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorIdentifier = identifier.ToString();
        ErrorCategory = CategoryOf(identifier);
        Target = target;
    }

    /// <summary>What stands first in the FullyQualifiedErrorId.</summary>
    public string ErrorIdentifier { get; }

    /// <summary>The error's category.</summary>
    public ErrorCategory ErrorCategory { get; }

    /// <summary>The error record's target; the module hardly ever has one.</summary>
    internal object? Target { get; }

    /// <summary>The record that is written.</summary>
    internal ErrorRecord ToRecord() => new(this, ErrorIdentifier, ErrorCategory, Target);

    private static ErrorCategory CategoryOf(Identifier identifier) => identifier switch
    {
        Identifier.InvalidParameter => ErrorCategory.InvalidArgument,
        Identifier.ObjectNotFound => ErrorCategory.ObjectNotFound,
        Identifier.AccessDenied => ErrorCategory.PermissionDenied,
        Identifier.OutOfMemory => ErrorCategory.FromStdErr,
        Identifier.InvalidState => ErrorCategory.InvalidOperation,
        Identifier.InvalidOperation => ErrorCategory.InvalidOperation,
        Identifier.NotSupported => ErrorCategory.InvalidOperation,
        Identifier.ObjectInUse => ErrorCategory.ResourceBusy,
        Identifier.NotSupportedByStandIn => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
