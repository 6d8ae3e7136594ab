using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.HyperV;
using LinuxKitHyperV.Images;
using LinuxKitHyperV.Machines;
using LinuxKitHyperV.Planning;
using LinuxKitHyperV.Requests;

namespace LinuxKitHyperV.Commands;

/// <summary>What every cmdlet of this module has: Hyper-V to call, a token that Ctrl+C cancels, and its errors.</summary>
public abstract class LinuxKitCommand : PSCmdlet, IPlanReport, IDisposable
{
    /// <summary>The activity that shows how far a cmdlet is with several items.</summary>
    private protected const int ProgressId = 0x4C4B;

    private const int WaitProgressId = 0x4C54;

    // How often a look at an image is left to see whether Ctrl+C was pressed.
    private const int LookMilliseconds = 50;

    private readonly CancellationTokenSource _stopping = new();
    private HyperVGateway? _gateway;
    private ConversionProgressBar? _conversion;
    private ProgressRecord? _items;
    private IHyperV? _hyperV;

    private protected LinuxKitCommand()
    {
    }

    /// <summary>The Hyper-V hosts; this computer by default.</summary>
    /// <remarks>Each cmdlet's parameter sets say where it applies: a VM object knows its own host.</remarks>
    public virtual string[] ComputerName { get; set; } = [];

    /// <summary>The account to use on the hosts that <see cref="ComputerName"/> names.</summary>
    public virtual PSCredential? Credential { get; set; }

    /// <summary>Sessions with Hyper-V hosts.</summary>
    public virtual PSObject[] CimSession { get; set; } = [];

    /// <summary>The account for the hosts: a cmdlet's -Credential may be for something else.</summary>
    private protected virtual PSCredential? HostCredential => Credential;

    /// <summary>The hosts that the bound parameters name.</summary>
    private protected IReadOnlyList<HyperVHost> Hosts
    {
        get
        {
            Require(ComputerName.Length == 0 || CimSession.Length == 0, nameof(CimSession), "-CimSession does not go with -ComputerName.");
            Require(HostCredential is null || ComputerName.Length > 0, nameof(Credential), "-Credential goes with -ComputerName.");
            return CimSession.Length > 0
                ? [.. CimSession.Select(session => new HyperVHost(null, null, session))]
                : ComputerName.Length > 0
                    ? [.. ComputerName.Select(name => new HyperVHost(name, HostCredential, null))]
                    : [HyperVHost.Local];
        }
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
    bool IPlanReport.IsStopping => Stopping;

    /// <summary>What VMs are now, where something depends on it.</summary>
    private protected CurrentState Current => new(HyperV, Wait);

    /// <summary>How the cmdlet waits.</summary>
    private protected PatientWait Wait => new(this, StoppingToken);

    /// <summary>What a plan runs in.</summary>
    private protected PlanContext NewContext() => new(HyperV, this, StoppingToken);

    /// <inheritdoc/>
    void IPlanReport.Warn(string message) => Warn(message);

    /// <inheritdoc/>
    void IPlanReport.Waiting(string what)
    {
        if (!Stopping)
        {
            WriteProgress(new ProgressRecord(WaitProgressId, $"Wait for {what}", "Ctrl+C ends the wait"));
        }
    }

    /// <inheritdoc/>
    void IPlanReport.WaitEnded()
    {
        // A stopped pipeline takes no progress any more, and its host clears what it shows.
        if (!Stopping)
        {
            WriteProgress(new ProgressRecord(WaitProgressId, "Wait", "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <inheritdoc/>
    void IPlanReport.StepDone(PlanStep step, TimeSpan elapsed) => WriteVerbose($"{step.Description} ({elapsed.TotalMilliseconds:0} ms)");

    /// <inheritdoc/>
    void IPlanReport.StepFailed(LinuxKitException failure)
    {
        if (Stopping)
        {
            // No error can be written any more.
            Warn($"Left behind: {failure.Message} {failure.Remedy}");
        }
        else
        {
            WriteError(failure.ToErrorRecord());
        }
    }

    /// <inheritdoc/>
    void IPlanReport.UndoFailed(Undo undo, Exception exception) =>
        Warn($"Left behind: {undo.Subject}. {exception.Message} {undo.Remedy}");

    /// <inheritdoc/>
    void IPlanReport.Converting(string activity, ConversionProgress progress) =>
        (_conversion ??= new ConversionProgressBar(this, activity)).Report(progress);

    /// <inheritdoc/>
    void IPlanReport.ConversionEnded()
    {
        // A stopped pipeline takes no progress any more, and its host clears what it shows.
        if (!Stopping)
        {
            _conversion?.Complete();
        }

        _conversion = null;
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
        catch (ParameterRuleException exception)
        {
            Require(false, exception.Parameter, exception.Message);
        }
        catch (LinuxKitException exception)
        {
            WriteError(exception.ToErrorRecord());
        }
    }

    /// <summary>Writes a warning, also while the pipeline is being stopped: the cmdlet's own streams throw then.</summary>
    private protected void Warn(string message)
    {
        if (Stopping)
        {
            Host.UI.WriteWarningLine(message);
        }
        else
        {
            WriteWarning(message);
        }
    }

    /// <summary>Ends the cmdlet where parameters do not go together.</summary>
    private protected void Require(bool isMet, string parameter, string rule)
    {
        if (!isMet)
        {
            ThrowTerminatingError(new LinuxKitException(
                "ParametersDoNotGoTogether",
                FailureKind.InvalidArgument,
                rule,
                parameter,
                $"See Get-Help {MyInvocation.MyCommand.Name}.").ToErrorRecord());
        }
    }

    /// <summary>Does something for each VM that was asked for.</summary>
    private protected void ForMachines(MachineSelection selection, Action<LinuxKitMachine> action)
    {
        foreach (var machine in Find(selection))
        {
            ForItem(() => action(machine));
        }
    }

    /// <summary>Finds the VMs that were asked for, each once; what cannot be found is written as an error.</summary>
    private protected IReadOnlyList<LinuxKitMachine> Find(MachineSelection selection)
    {
        var found = new List<LinuxKitMachine>();
        var known = new HashSet<(string, Guid)>();
        foreach (var lookUp in selection.LookUps(new MachineFinder(HyperV)))
        {
            ForItem(() => found.AddRange(lookUp().Where(machine => known.Add((machine.HostName, machine.Id)))));
        }

        found.ForEach(MachineConsole.EndIfOff);
        return found;
    }

    /// <summary>Does something for each of several items, with progress; a failure is that item's error.</summary>
    private protected void WithProgress<T>(string activity, IReadOnlyList<T> items, Func<T, string> name, Action<T> action)
    {
        if (items.Count == 1)
        {
            ForItem(() => action(items[0]));
            return;
        }

        try
        {
            for (var index = 0; index < items.Count; index++)
            {
                var item = items[index];
                _items = new ProgressRecord(ProgressId, activity, name(item)) { PercentComplete = index * 100 / items.Count };
                WriteProgress(_items);
                ForItem(() => action(item));
            }
        }
        finally
        {
            EndProgress();
        }
    }

    /// <summary>Takes away what shows how far the cmdlet is with several items, until the next of them.</summary>
    private protected void EndProgress()
    {
        if (_items is { } shown)
        {
            _items = null;
            Complete(shown);
        }
    }

    /// <summary>Finds out what an image is. It reads little of it; but a cloud, or another computer, may take minutes for that, or for ever.</summary>
    /// <exception cref="LinuxKitException">It is none, or cannot be read.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    private protected LinuxKitImage Inspect(string path)
    {
        var reading = Task.Run(() => ImageFile.Inspect(path));
        Wait.Until($"'{path}' to be read", Timeout.InfiniteTimeSpan, interval: TimeSpan.Zero, () => Task.WaitAny([reading], LookMilliseconds) == 0);
        return reading.GetAwaiter().GetResult();
    }

    /// <summary>Tells what is going on while it does.</summary>
    private protected void WhileShowing(ProgressRecord progress, Action action)
    {
        WriteProgress(progress);
        try
        {
            action();
        }
        finally
        {
            Complete(progress);
        }
    }

    /// <summary>Asks ShouldProcess; with <paramref name="force"/>, what -Confirm does not ask for is not asked.</summary>
    private protected bool ShouldProcess(bool force, string target, string action) =>
        (force && !MyInvocation.BoundParameters.ContainsKey("Confirm") && !IsWhatIf()) || ShouldProcess(target, action);

    /// <summary>Whether -WhatIf is in effect.</summary>
    private protected bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
        ? ((SwitchParameter)bound).IsPresent
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private void Complete(ProgressRecord progress)
    {
        // A stopped pipeline takes no progress any more, and its host clears what it shows.
        if (!Stopping)
        {
            WriteProgress(new ProgressRecord(progress.ActivityId, progress.Activity, progress.Activity) { RecordType = ProgressRecordType.Completed });
        }
    }
}
