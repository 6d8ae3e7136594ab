using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>A cmdlet that does nothing but call Hyper-V through the gateway, as ours do.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Gateway")]
public sealed class InvokeGatewayCommand : PSCmdlet
{
    private HyperVGateway? _gateway;

    /// <summary>The verb of the Hyper-V cmdlet to call.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Verb { get; set; } = string.Empty;

    /// <summary>Its -Name.</summary>
    [Parameter(Position = 1)]
    public string? Name { get; set; }

    /// <summary>Is set by a Start-VM that does not end.</summary>
    [Parameter]
    public ManualResetEventSlim? Started { get; set; }

    /// <summary>What happened, in order.</summary>
    [Parameter]
    public List<string> Log { get; set; } = [];

    /// <summary>The time that the call gets.</summary>
    [Parameter]
    public int TimeoutMilliseconds { get; set; }

    /// <summary>Whether the pipeline is stopped just before the call.</summary>
    [Parameter]
    public SwitchParameter StopBefore { get; set; }

    /// <summary>Whether a question of the call's own is an error.</summary>
    [Parameter]
    public SwitchParameter AsksNobody { get; set; }

    /// <summary>Whether the timer of another call, which has ended, fires during the call.</summary>
    [Parameter]
    public SwitchParameter EndAnother { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _gateway = new HyperVGateway(this);
        if (StopBefore)
        {
            _gateway.Stop();
        }

        var call = new HyperVCall($@"Hyper-V\{Verb}-VM") { AsksNobody = AsksNobody };
        if (Name is not null)
        {
            call.Add("Name", Name);
        }

        if (Started is not null)
        {
            call.Add("Started", Started);
        }

        if (EndAnother)
        {
            call.Add("During", (Action)(() => _gateway.End(new HyperVCall(call.Command))));
        }

        var finished = false;
        try
        {
            var result = TimeoutMilliseconds > 0
                ? _gateway.InvokeWithin(call, TimeSpan.FromMilliseconds(TimeoutMilliseconds))
                : _gateway.Invoke(call);
            finished = true;
            Write(result);
        }
        finally
        {
            if (!finished)
            {
                Log.Add("stopped");
                _gateway.Undoing.Invoke(new HyperVCall(HyperVCommand.StopVM) { { "Log", Log } });
            }
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _gateway?.Stop();

    private void Write(HyperVResult? result)
    {
        if (result is null)
        {
            WriteObject("timed out");
            return;
        }

        WriteObject(result.Output, enumerateCollection: true);
        foreach (var error in result.Errors)
        {
            WriteObject($"error: {error.Exception.Message}");
        }
    }
}
