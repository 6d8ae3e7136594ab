using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>Runs Hyper-V's cmdlets.</summary>
internal interface IHyperV
{
    /// <summary>The same Hyper-V for what takes something back: its calls run although the pipeline is being stopped.</summary>
    IHyperV Undoing { get; }

    /// <summary>Runs one call in the caller's runspace and waits for its end.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped before or within the call.</exception>
    HyperVResult Invoke(HyperVCall call);

    /// <summary>Runs one call, and stops it when its time is over.</summary>
    /// <returns>Null if the time was over first.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped before or within the call.</exception>
    HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout);

    /// <summary>How old what its objects tell may be, where this process has not changed it.</summary>
    TimeSpan PropertyAge { get; }

    /// <summary>Whether a cmdlet has a parameter: hosts before Windows Server 2019 lack some.</summary>
    bool HasParameter(string command, string parameter);
}

/// <summary>What a call gave back.</summary>
/// <param name="Output">The objects that it wrote, in order.</param>
/// <param name="Errors">The errors that it wrote, in order, the one that ended it last.</param>
internal sealed record HyperVResult(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors)
{
    /// <summary>The first error, or null.</summary>
    public ErrorRecord? FirstError => Errors.Count == 0 ? null : Errors[0];

    /// <summary>What the call wrote; an error is our own.</summary>
    /// <exception cref="LinuxKitException">The call failed.</exception>
    public IReadOnlyList<PSObject> OutputOr(CallFailure failure) =>
        FirstError is { } error ? throw HyperVErrors.Translate(error, failure) : Output;

    /// <summary>Throws Hyper-V's own error, where the call wrote one.</summary>
    public void ThrowIfFailed()
    {
        if (FirstError is { } error)
        {
            throw error.Exception;
        }
    }
}
