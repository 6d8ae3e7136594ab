using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using LinuxKitHyperV.HyperV;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Hyper-V as a list of calls: it records each, fails or stops the one it is told to, and knows which VMs there are.</summary>
internal sealed class FakeHyperV : IHyperV
{
    private readonly List<PSObject> _machines = [];

    /// <summary>Every call, undo calls with a mark in front.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Every call's data.</summary>
    public List<HyperVCall> Calls { get; } = [];

    /// <summary>The index of the call that fails, before it does its work.</summary>
    public int FailAt { get; init; } = -1;

    /// <summary>The index of the call that is stopped, after it has done its work: its output is lost.</summary>
    public int StopAt { get; init; } = -1;

    /// <summary>Whether undo calls fail too.</summary>
    public bool FailUndo { get; init; }

    /// <summary>Whether the module is that of Windows Server 2016, which lacks some parameters.</summary>
    public bool IsServer2016 { get; init; }

    public IReadOnlyList<PSObject> Machines => _machines;

    public IHyperV Undoing => new UndoingHyperV(this);

    public HyperVResult Invoke(HyperVCall call)
    {
        HyperVContract.Check(call, IsServer2016);
        var index = Calls.Count;
        Log.Add(call.Command);
        Calls.Add(call);
        if (index == FailAt)
        {
            return Failed();
        }

        var output = Do(call);
        return index == StopAt ? throw new PipelineStoppedException() : new HyperVResult(output, []);
    }

    public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => Invoke(call);

    public TimeSpan PropertyAge => TimeSpan.Zero;

    public bool HasParameter(string command, string parameter) => !IsServer2016;

    private static HyperVResult Failed() =>
        new([], [new ErrorRecord(new InvalidOperationException("Hyper-V said no."), "OperationFailed", ErrorCategory.NotSpecified, null)]);

    private List<PSObject> Do(HyperVCall call)
    {
        var parameters = new Dictionary<string, object?>(call.Parameters, StringComparer.Ordinal);
        switch (call.Command)
        {
            case HyperVCommand.NewVM:
                var machine = FakeObject.Of(("Name", parameters["Name"]), ("Id", Guid.NewGuid()), ("State", "Off"), ("Notes", string.Empty));
                _machines.Add(machine);
                return [machine];
            case HyperVCommand.SetVM:
                var set = (PSObject)parameters["VM"]!;
                set.Properties["Name"].Value = parameters["NewVMName"];
                set.Properties["Notes"].Value = parameters["Notes"];
                return [set];
            case HyperVCommand.StartVM:
                ((PSObject)parameters["VM"]!).Properties["State"].Value = "Running";
                return [(PSObject)parameters["VM"]!];
            case HyperVCommand.StopVM:
                ((PSObject)parameters["VM"]!).Properties["State"].Value = "Off";
                return [];
            case HyperVCommand.RemoveVM:
                _machines.Remove((PSObject)parameters["VM"]!);
                return [];
            case HyperVCommand.GetVM when parameters.TryGetValue("Id", out var id):
                return _machines.FindAll(found => found.Id().Equals(id));
            case HyperVCommand.GetVM:
                var patterns = Array.ConvertAll((string[])parameters["Name"]!, name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase));
                return _machines.FindAll(found => Array.Exists(patterns, pattern => pattern.IsMatch(found.Name())));
            case HyperVCommand.NewVHD:
                File.WriteAllText((string)parameters["Path"]!, "disk");
                return [FakeObject.Of(("Path", parameters["Path"]), ("DiskIdentifier", Guid.NewGuid()))];
            default:
                return [FakeObject.Of(("Name", call.Command), ("Id", Guid.NewGuid()))];
        }
    }

    private sealed class UndoingHyperV(FakeHyperV fake) : IHyperV
    {
        public IHyperV Undoing => this;

        public HyperVResult Invoke(HyperVCall call)
        {
            HyperVContract.Check(call, fake.IsServer2016);
            fake.Log.Add("undo " + call.Command);
            return fake.FailUndo ? Failed() : new HyperVResult(fake.Do(call), []);
        }

        public HyperVResult? InvokeWithin(HyperVCall call, TimeSpan timeout) => Invoke(call);

        public TimeSpan PropertyAge => fake.PropertyAge;

        public bool HasParameter(string command, string parameter) => fake.HasParameter(command, parameter);
    }
}
