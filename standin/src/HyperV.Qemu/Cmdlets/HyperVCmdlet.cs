using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using System.Threading;
using HyperV.Qemu.Controls;
using Microsoft.HyperV.PowerShell;

namespace HyperV.Qemu.Cmdlets;

/// <summary>What all cmdlets of the stand-in have in common: they never say yes to what they do not do.</summary>
public abstract partial class HyperVCmdlet : PSCmdlet, IDisposable
{
    /// <summary>Parameters that this class itself understands, or PowerShell does.</summary>
    private static readonly HashSet<string> Understood = new(
        [.. CommonParameters, .. OptionalCommonParameters, "ComputerName", "Credential", "CimSession"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What Hyper-V says, as a warning, where there is nothing to do.</summary>
    private protected const string AlreadyInState = "The virtual machine is already in the specified state.";

    private readonly CancellationTokenSource _stopping = new();
    private FaultPlan.Fault? _fault;
    private bool _faultReported;

    /// <summary>Ends when the pipeline is stopped.</summary>
    private protected CancellationToken Cancellation => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        using var work = PropertyAge.In(cmdlet: true);
        RefuseWhatDoesNothing();
        _fault = FaultPlan.Next(MyInvocation.MyCommand.Name);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        using var work = PropertyAge.In(cmdlet: true);

        // What the pipeline binds is not there before.
        RefuseWhatDoesNothing();
        if (_fault is { After: false, Vanishes: false })
        {
            ReportFault();
            return;
        }

        Guard(() =>
        {
            Delays.Wait(MyInvocation.MyCommand.Name, Cancellation);
            if (ReachTargets())
            {
                Process();
            }
        });
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (_fault is { After: true })
        {
            using var work = PropertyAge.In(cmdlet: true);
            ReportFault();
        }
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Does the cmdlet's work for one record of the pipeline.</summary>
    private protected virtual void Process() => throw new NotSupportedException(MyInvocation.MyCommand.Name);

    /// <summary>Whether a parameter was given.</summary>
    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Reports a Hyper-V error as the non-terminating error that it is.</summary>
    private protected void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (VirtualizationException exception)
        {
            WriteError(exception.ToRecord());
        }
        catch (IOException exception)
        {
            WriteError(new VirtualizationException(ErrorIdentifier.OperationFailed, exception.Message, innerException: exception).ToRecord());
        }
        catch (OperationCanceledException exception) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException(MyInvocation.MyCommand.Name, exception);
        }
    }

    /// <summary>Whether to go on: -Force answers where -Confirm or the cmdlet's impact would ask, and -WhatIf stays what it is.</summary>
    private protected bool ShouldProcess(string target, SwitchParameter force) => (force && !IsWhatIf) || ShouldProcess(target);

    /// <summary>Asks by itself, whatever -Confirm says; a host that cannot ask makes it an error.</summary>
    private protected bool Ask(string query, string caption)
    {
        try
        {
            return ShouldContinue(query, caption);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HostException)
        {
            throw new VirtualizationException(ErrorIdentifier.InvalidOperation, exception.Message, innerException: exception);
        }
    }

    /// <summary>Writes an object, or a copy where the compatibility layer is to be played.</summary>
    private protected new void WriteObject(object? value)
    {
        using var rest = PropertyAge.In(cmdlet: false);
        (value as VirtualizationObject)?.OwningMachine?.Machine.See();
        base.WriteObject(value is not null && CompatibilityLayer.IsOn ? CompatibilityLayer.Copy(value) : value);
    }

    /// <summary>Writes objects, each as <see cref="WriteObject(object?)"/> does.</summary>
    private protected void WriteObjects(IEnumerable<object> values)
    {
        foreach (var value in values)
        {
            WriteObject(value);
        }
    }

    /// <summary>Writes what was worked on, where that was asked for.</summary>
    private protected void WritePassthru(SwitchParameter passthru, object value)
    {
        if (passthru)
        {
            WriteObject(value);
        }
    }

    /// <summary>A path as Hyper-V keeps it: absolute, from PowerShell's current location.</summary>
    private protected string Absolute(string path) => GetUnresolvedProviderPathFromPSPath(path);

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private void RefuseWhatDoesNothing()
    {
        if (Refusal() is { } refusal)
        {
            ThrowTerminatingError(refusal.ToRecord());
        }
    }

    private VirtualizationException? Refusal()
    {
        if (GetType().GetCustomAttribute<ImplementsAttribute>() is not { } implemented)
        {
            return Errors.NotSupportedByStandIn(MyInvocation.MyCommand.Name);
        }

        var missing = MyInvocation.BoundParameters
            .Where(bound => !Understood.Contains(bound.Key) && !implemented.Parameters.Contains(bound.Key))
            .Where(bound => bound.Value is not (null or SwitchParameter { IsPresent: false }))
            .Select(bound => $"-{bound.Key}")
            .ToList();
        return missing.Count == 0
            ? null
            : Errors.NotSupportedByStandIn($"{MyInvocation.MyCommand.Name} {string.Join(", ", missing)}");
    }

    private void ReportFault()
    {
        if (!_faultReported)
        {
            _faultReported = true;
            var identifier = _fault!.Identifier;
            var noun = MyInvocation.MyCommand.Name.Split('-')[1];
            WriteError(new VirtualizationException(identifier, FaultMessage.Of(GetType().FullName!, identifier, NamedThings.Of(noun, MyInvocation.BoundParameters))).ToRecord());
        }
    }
}
