namespace HyperV.Qemu;

/// <summary>The identifiers that stand first in a FullyQualifiedErrorId of the Hyper-V module.</summary>
internal enum ErrorIdentifier
{
    Unspecified,
    InvalidParameter,
    ObjectNotFound,
    AccessDenied,
    OutOfMemory,
    InvalidState,
    InvalidOperation,
    NotSupported,
    ObjectInUse,
    OperationFailed,

    /// <summary>Hyper-V can do it, the stand-in cannot.</summary>
    NotSupportedByStandIn,
}
