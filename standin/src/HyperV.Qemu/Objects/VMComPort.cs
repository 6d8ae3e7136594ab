namespace Microsoft.HyperV.PowerShell;

/// <content>A serial port, live.</content>
public sealed partial class VMComPort
{
    // One id for the two ports of every machine; the number after it tells them apart.
    private const string Device = "8E3A359F-559A-4B6A-98A9-1690A6100ED7";

    internal VMComPort(VirtualMachineBase owner, int number)
    {
        Owner = owner;
        Number = number;
    }

    /// <summary>The pipe; empty where there is none.</summary>
    public string Path => Owner.Definition.ComPorts[Number - 1];

    /// <summary>Whether a debugger uses it.</summary>
    public OnOffState DebuggerMode => OnOffState.Off;

    /// <summary>The name.</summary>
    public string Name => $"COM {Number}";

    /// <summary>The id.</summary>
    public string Id => ComponentId($"{Device}\\{Number - 1}");

    /// <summary>1 or 2.</summary>
    internal int Number { get; }

    /// <inheritdoc/>
    public override string ToString() => Describe(Name, Id);
}
