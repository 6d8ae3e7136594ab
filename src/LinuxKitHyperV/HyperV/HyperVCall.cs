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

    /// <summary>Whether a question of the cmdlet's own, which -Confirm does not answer, is an error instead of being asked.</summary>
    public bool AsksNobody { get; init; }

    /// <summary>Adds a parameter (also by a collection initializer).</summary>
    public void Add(string name, object? value) => _parameters.Add(new(name, value));

    /// <summary>Has a VM's guest shut down.</summary>
    /// <remarks>
    /// Without -Force, which turns a VM off whose guest does not shut down in Hyper-V's own time, or does not answer. Without it Hyper-V
    /// asks whether to turn off a VM whose guest does not answer.
    /// </remarks>
    public static HyperVCall ShutDown(PSObject machine)
    {
        var call = new HyperVCall(HyperVCommand.StopVM) { AsksNobody = true };
        call.Add("VM", machine);
        return call;
    }

    /// <summary>Pulls a VM's plug.</summary>
    public static HyperVCall TurnOff(PSObject machine) => new(HyperVCommand.StopVM) { { "VM", machine }, { "TurnOff", true }, { "Force", true } };

    /// <summary>Removes a VM that is off.</summary>
    public static HyperVCall Remove(PSObject machine) => new(HyperVCommand.RemoveVM) { { "VM", machine }, { "Force", true } };

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
