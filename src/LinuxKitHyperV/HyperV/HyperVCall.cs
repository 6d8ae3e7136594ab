using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace LinuxKitHyperV.HyperV;

/// <summary>A call of a Hyper-V cmdlet, as data: a constant name and parameters, never script text.</summary>
internal sealed class HyperVCall : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _parameters = [];

    /// <summary>A call without parameters yet.</summary>
    /// <param name="command">One of <see cref="HyperVCommand"/>'s names.</param>
    public HyperVCall(string command)
    {
        Command = command;
    }

    /// <summary>The module-qualified name of the cmdlet.</summary>
    public string Command { get; }

    /// <summary>The parameters, in the order in which they were given.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Parameters => _parameters;

    /// <summary>Whether the call changes something: all but Get- do, and all that do support -Confirm and -WhatIf.</summary>
    public bool Changes => Command.IndexOf(@"\Get-", System.StringComparison.Ordinal) < 0;

    /// <summary>Adds a parameter (also by a collection initializer).</summary>
    public void Add(string name, object? value) => _parameters.Add(new(name, value));

    /// <summary>Pulls a VM's plug.</summary>
    public static HyperVCall TurnOff(PSObject machine) => new(HyperVCommand.StopVM) { { "VM", machine }, { "TurnOff", true }, { "Force", true } };

    /// <summary>Removes a VM that is off.</summary>
    public static HyperVCall Remove(PSObject machine) => new(HyperVCommand.RemoveVM) { { "VM", machine }, { "Force", true } };

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
