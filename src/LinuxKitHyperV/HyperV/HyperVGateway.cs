using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace LinuxKitHyperV.HyperV;

/// <summary>Runs Hyper-V's cmdlets for one cmdlet of ours, by nested pipelines in the caller's runspace.</summary>
/// <remarks>
/// All streams of the inner pipeline are collected and handed on through the outer cmdlet once the call is over: the
/// one way in which -WarningAction, -ErrorVariable, redirections and Select-Object -First downstream all stay right.
/// </remarks>
internal sealed class HyperVGateway : IHyperV
{
    private static readonly PSInvocationSettings AskingNobody = new() { Host = new NobodyToAsk() };

    private readonly PSCmdlet _cmdlet;
    private readonly object _gate = new();
    private PowerShell? _current;
    private HyperVCall? _currentCall;
    private HyperVCall? _overdueCall;
    private bool _stopped;

    /// <summary>A gateway for one invocation of a cmdlet.</summary>
    public HyperVGateway(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        Undoing = new UndoingHyperV(this);
    }

    /// <inheritdoc/>
    public IHyperV Undoing { get; }

    /// <inheritdoc/>
    public TimeSpan PropertyAge { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public HyperVResult Invoke(HyperVCall call) => Run(call, isUndo: false) ?? throw new PipelineStoppedException();

    /// <inheritdoc/>
    public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout)
    {
        using var timer = new Timer(_ => End(call));
        timer.Change(timeout, Timeout.InfiniteTimeSpan);
        var result = Run(call, isUndo: false);
        return result is null && !ReferenceEquals(_overdueCall, call) ? throw new PipelineStoppedException() : result;
    }

    /// <summary>Ends a call whose time is over, from any thread.</summary>
    /// <remarks>A timer may fire when its call has ended, and another one is the call of the moment.</remarks>
    internal void End(HyperVCall call)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_currentCall, call))
            {
                _overdueCall = call;
                _current?.BeginStop(null, null);
            }
        }
    }

    /// <inheritdoc/>
    public bool HasParameter(string command, string parameter) =>
        _cmdlet.InvokeCommand.GetCommand(command, CommandTypes.All) is { } info && info.Parameters.ContainsKey(parameter);

    /// <summary>Ends the call of the moment and refuses further ones: for StopProcessing, from any thread.</summary>
    /// <remarks>
    /// The engine stops the nested pipelines that it knows of, before StopProcessing runs; one that was begun just
    /// after its list was made is stopped here. Undo calls are begun after that and are not stopped.
    /// </remarks>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _current?.BeginStop(null, null);
        }
    }

    /// <returns>Null if the call was stopped.</returns>
    private HyperVResult? Run(HyperVCall call, bool isUndo)
    {
        using var powerShell = Build(call);
        lock (_gate)
        {
            if (_stopped && !isUndo)
            {
                return null;
            }

            _current = isUndo ? null : powerShell;
            _currentCall = call;
        }

        // A list of our own keeps what was written before an error that ends the call.
        var records = new List<PSObject>();
        ErrorRecord? ended = null;
        try
        {
            powerShell.Invoke(null, records, call.AsksNobody ? AskingNobody : null);
        }
        catch (PipelineStoppedException) when (powerShell.InvocationStateInfo.State == PSInvocationState.Stopped)
        {
            return null;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException exception)
        {
            ended = exception.ErrorRecord;
        }
        finally
        {
            lock (_gate)
            {
                _current = null;
                _currentCall = null;
            }
        }

        // A stopped pipeline returns without throwing and without its output.
        return powerShell.InvocationStateInfo.State == PSInvocationState.Stopped ? null : HandOn(records, ended, isUndo);
    }

    private PowerShell Build(HyperVCall call)
    {
        var powerShell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powerShell.AddCommand(call.Command);
        foreach (var parameter in call.Parameters)
        {
            powerShell.AddParameter(parameter.Key, parameter.Value);
        }

        // What the user chose for our cmdlet is applied when its records are handed on, and must not be applied twice.
        powerShell.AddParameter("ErrorAction", ActionPreference.Continue);
        powerShell.AddParameter("WarningAction", ActionPreference.Continue);
        powerShell.AddParameter("InformationAction", ActionPreference.Continue);
        if (_cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out var verbose))
        {
            powerShell.AddParameter("Verbose", verbose);
        }

        // ShouldProcess was asked once, by our cmdlet.
        if (call.Changes)
        {
            powerShell.AddParameter("Confirm", false);
            powerShell.AddParameter("WhatIf", false);
        }

        powerShell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.All, PipelineResultTypes.Output);
        return powerShell;
    }

    private HyperVResult HandOn(List<PSObject> records, ErrorRecord? ended, bool isUndo)
    {
        var output = new List<PSObject>();
        var errors = new List<ErrorRecord>();
        foreach (var record in records)
        {
            switch (record?.BaseObject)
            {
                case null:
                    break;
                case ErrorRecord error:
                    errors.Add(error);
                    break;
                case WarningRecord or VerboseRecord or DebugRecord or InformationRecord:
                    // Our cmdlet's streams throw once the pipeline is being stopped, and undoing comes first.
                    if (!isUndo)
                    {
                        Write(record.BaseObject);
                    }

                    break;
                default:
                    output.Add(record);
                    break;
            }
        }

        if (ended is not null)
        {
            errors.Add(ended);
        }

        return new HyperVResult(output, errors);
    }

    private void Write(object record)
    {
        switch (record)
        {
            case WarningRecord warning:
                _cmdlet.WriteWarning(warning.Message);
                break;
            case VerboseRecord verbose:
                _cmdlet.WriteVerbose(verbose.Message);
                break;
            case DebugRecord debug:
                _cmdlet.WriteDebug(debug.Message);
                break;
            case InformationRecord information:
                _cmdlet.WriteInformation(information);
                break;
        }
    }

    private sealed class UndoingHyperV(HyperVGateway gateway) : IHyperV
    {
        public IHyperV Undoing => this;

        /// <remarks>
        /// Ctrl+C may have been on its way to the call that failed and hit the undo instead. It is pressed once, so the
        /// second run is left alone.
        /// </remarks>
        public HyperVResult Invoke(HyperVCall call) =>
            gateway.Run(call, isUndo: true) ?? gateway.Run(call, isUndo: true) ?? throw new PipelineStoppedException();

        /// <remarks>What is taken back takes the time that it takes.</remarks>
        public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => Invoke(call);

        public TimeSpan PropertyAge => gateway.PropertyAge;

        public bool HasParameter(string command, string parameter) => gateway.HasParameter(command, parameter);
    }
}
