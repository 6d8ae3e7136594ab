using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace LinuxKitHyperV.HyperV;

/// <summary>A call of a Hyper-V cmdlet, as data: a constant name and parameters, never script text.</summary>
/// <remarks>A parameter's value may be a <see cref="CallOutput"/>, what an earlier call will have returned, or a <see cref="LateValue"/>.</remarks>
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

    /// <summary>The same call with every <see cref="CallOutput"/> and <see cref="LateValue"/> replaced by what it stands for.</summary>
    public HyperVCall Resolve(CallOutputs outputs)
    {
        var resolved = new HyperVCall(Command);
        resolved._parameters.AddRange(_parameters.Select(parameter => new KeyValuePair<string, object?>(parameter.Key, parameter.Value switch
        {
            CallOutput output => outputs[output],
            LateValue late => late.Make(outputs),
            var value => value,
        })));
        return resolved;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
