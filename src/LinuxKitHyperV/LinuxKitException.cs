using System;

namespace LinuxKitHyperV;

/// <summary>What kind of failure it is, in words that need no PowerShell type.</summary>
internal enum FailureKind
{
    /// <summary>What was asked for makes no sense.</summary>
    InvalidArgument,

    /// <summary>Something named does not exist.</summary>
    ObjectNotFound,

    /// <summary>Something exists that must not.</summary>
    ResourceExists,

    /// <summary>Something is used by somebody else.</summary>
    ResourceBusy,

    /// <summary>Something does not answer, or is not there now.</summary>
    ResourceUnavailable,

    /// <summary>The user may not do this.</summary>
    PermissionDenied,

    /// <summary>Not now: the state of things forbids it.</summary>
    InvalidOperation,

    /// <summary>A file does not hold what it should.</summary>
    InvalidData,

    /// <summary>A bounded wait has ended.</summary>
    OperationTimeout,

    /// <summary>Reading failed.</summary>
    ReadError,

    /// <summary>Writing failed.</summary>
    WriteError,

    /// <summary>This host or this version cannot do it.</summary>
    NotImplemented,
}

/// <summary>A failure that the user can read: what happened, to what, and what to do about it.</summary>
internal sealed class LinuxKitException : Exception
{
    /// <summary>Describes a failure.</summary>
    /// <param name="errorId">PascalCase, one per code path; the first part of the error's FullyQualifiedErrorId.</param>
    /// <param name="kind">Becomes the error's category.</param>
    /// <param name="message">What happened, in a sentence or two.</param>
    /// <param name="target">What it happened to: a name, a path, an object.</param>
    /// <param name="remedy">What the user can do.</param>
    /// <param name="innerException">The cause.</param>
    public LinuxKitException(
        string errorId,
        FailureKind kind,
        string message,
        object? target,
        string remedy,
        Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
        Remedy = remedy;
    }

    /// <summary>The error's id, without the cmdlet's class.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of failure.</summary>
    public FailureKind Kind { get; }

    /// <summary>What it happened to.</summary>
    public object? Target { get; }

    /// <summary>What the user can do.</summary>
    public string Remedy { get; }
}
