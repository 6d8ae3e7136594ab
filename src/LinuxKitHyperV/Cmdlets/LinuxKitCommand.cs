using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Machines;

namespace LinuxKitHyperV.Commands;

/// <summary>What every cmdlet of this module has: Hyper-V to call, a token that Ctrl+C cancels, and its errors.</summary>
public abstract class LinuxKitCommand : PSCmdlet, IPlanReport, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private HyperVGateway? _gateway;
    private IHyperV? _hyperV;

    private protected LinuxKitCommand()
    {
    }

    /// <summary>Is cancelled when the pipeline is stopped: what a wait of our own waits on.</summary>
    private protected CancellationToken StoppingToken => _stopping.Token;

    /// <summary>Hyper-V, as this cmdlet calls it.</summary>
    private protected IHyperV HyperV
    {
        get
        {
            if (_hyperV is null)
            {
                (_hyperV, _gateway) = HyperVGateways.Create(this);
            }

            return _hyperV;
        }
    }

    /// <inheritdoc/>
    void IPlanReport.StepDone(PlanStep step, TimeSpan elapsed) =>
        WriteVerbose($"{step.Description} ({elapsed.TotalMilliseconds:0} ms)");

    /// <inheritdoc/>
    void IPlanReport.UndoFailed(Undo undo, Exception exception)
    {
        var message = $"Left behind: {undo.Subject}. {exception.Message} {undo.Remedy}";

        // The cmdlet's own streams throw once the pipeline is being stopped.
        if (Stopping)
        {
            Host.UI.WriteWarningLine(message);
        }
        else
        {
            WriteWarning(message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends waits and the Hyper-V call of the moment.</summary>
    protected sealed override void StopProcessing()
    {
        _stopping.Cancel();
        _gateway?.Stop();
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    /// <summary>Does something for one item: what fails is written as an error of that item, and the next one follows.</summary>
    private protected void ForItem(Action action)
    {
        try
        {
            action();
        }
        catch (LinuxKitException exception)
        {
            WriteError(exception.ToErrorRecord());
        }
    }

    /// <summary>Does something that every item needs: what fails ends the cmdlet.</summary>
    private protected T ForAll<T>(Func<T> function)
    {
        try
        {
            return function();
        }
        catch (LinuxKitException exception)
        {
            ThrowTerminatingError(exception.ToErrorRecord());
            throw;
        }
    }

    /// <summary>Calls Hyper-V for objects.</summary>
    /// <exception cref="LinuxKitException">The call failed.</exception>
    private protected IReadOnlyList<PSObject> Read(HyperVCall call, CallFailure failure)
    {
        var result = HyperV.Invoke(call);
        return result.FirstError is { } error ? throw HyperVErrors.Translate(error, failure) : result.Output;
    }

    /// <summary>Asks ShouldProcess; with <paramref name="force"/>, what -Confirm does not ask for is not asked.</summary>
    private protected bool ShouldProcess(bool force, string target, string action) =>
        (force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !IsWhatIf()) || ShouldProcess(target, action);

    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
        ? ((SwitchParameter)bound).IsPresent
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
