using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Stands between the cmdlets and the gateway: it notes every call, holds it to the contract, and lets a test interfere.</summary>
internal sealed class RecordingHyperV
{
    private readonly List<HyperVCall> _calls = [];

    /// <summary>The cmdlet that came to call Hyper-V last.</summary>
    public PSCmdlet? Cmdlet { get; private set; }

    /// <summary>The calls, in order; undo calls among them.</summary>
    public IReadOnlyList<HyperVCall> Calls => _calls;

    /// <summary>The calls that change something.</summary>
    public IEnumerable<string> Changes => _calls.Where(call => call.Changes).Select(call => call.Command["Hyper-V\\".Length..]);

    /// <summary>Is told of each call before it is made; undo calls have a number too.</summary>
    public Action<int, HyperVCall>? Before { get; set; }

    /// <summary>What a call returns in place of being made; null for calls that are made.</summary>
    public HyperVResult? Instead { get; set; }

    /// <summary>How old what Hyper-V tells may be; null for as old as on a host.</summary>
    public TimeSpan? PropertyAge { get; set; }

    /// <summary>Is told of each call after it was made.</summary>
    public Action<int, HyperVCall>? After { get; set; }

    /// <summary>Forgets the calls so far.</summary>
    public void Clear() => _calls.Clear();

    /// <summary>Wraps a cmdlet's gateway.</summary>
    public IHyperV Wrap(PSCmdlet cmdlet, IHyperV inner)
    {
        Cmdlet = cmdlet;
        return new Wrapped(this, inner);
    }

    private HyperVResult? Note(HyperVCall call, Func<HyperVCall, HyperVResult?> invoke)
    {
        HyperVContract.Check(call);
        var index = _calls.Count;
        _calls.Add(call);
        Before?.Invoke(index, call);
        var result = Instead ?? invoke(call);
        Instead = null;
        After?.Invoke(index, call);
        return result;
    }

    private sealed class Wrapped(RecordingHyperV recording, IHyperV inner) : IHyperV
    {
        public HyperVResult Invoke(HyperVCall call) => recording.Note(call, inner.Invoke)!;

        public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => recording.Note(call, asked => inner.InvokeWithin(asked, timeout));

        public IHyperV Undoing => new Wrapped(recording, inner.Undoing);

        public TimeSpan PropertyAge => recording.PropertyAge ?? inner.PropertyAge;

        public bool HasParameter(string command, string parameter) => inner.HasParameter(command, parameter);
    }
}
