using System.Collections.Generic;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>Stands in a plan for the object that a call will return.</summary>
/// <param name="Name">What the object is, for a reader: "VM", "boot DVD".</param>
internal sealed record CallOutput(string Name);

/// <summary>The objects that the calls made so far have returned.</summary>
internal sealed class CallOutputs
{
    private readonly Dictionary<CallOutput, PSObject> _objects = [];

    /// <summary>The object that a placeholder stands for.</summary>
    public PSObject this[CallOutput output]
    {
        get => _objects[output];
        set => _objects[output] = value;
    }

    /// <summary>The object that a placeholder stands for, or null while its call has not returned.</summary>
    public PSObject? Find(CallOutput output) => _objects.TryGetValue(output, out var found) ? found : null;
}
