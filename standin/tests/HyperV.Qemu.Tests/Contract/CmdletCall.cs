using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HyperV.Qemu.Cmdlets;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>A call of a cmdlet, with what one of its parameter sets demands.</summary>
/// <param name="Command">The cmdlet.</param>
/// <param name="Set">The parameter set.</param>
/// <param name="Arguments">The arguments by the parameters' names.</param>
internal sealed record CmdletCall(CmdletInfo Command, string Set, Dictionary<string, object> Arguments)
{
    private const string ComputerName = nameof(ComputerName);

    private static readonly string[] Understood = [ComputerName, "Credential", "CimSession", "WhatIf", "Confirm"];

    /// <summary>What a call needs beside its mandatory parameters, so that it is whole and its set is plain.</summary>
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["Move-VM"] = "IncludeStorage",
        ["Set-VMNetworkAdapterVlan"] = "Untagged",
    };

    /// <summary>The names of all cmdlets that do something.</summary>
    public static IEnumerable<string> WorkingCmdlets => typeof(HyperVCmdlet).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(ImplementsAttribute)))
        .Select(type => type.GetCustomAttribute<CmdletAttribute>()!)
        .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}")
        .Order(StringComparer.Ordinal);

    /// <summary>Whether the call names machines.</summary>
    public bool NamesMachine => Arguments.ContainsKey(ComputerName)
        && (Arguments.ContainsKey("VMName") || (Arguments.ContainsKey("Name") && Command.Name != "New-VM" && Command.Noun is "VM" or "VMVersion"));

    /// <summary>The calls of a cmdlet, one for each set whose parameters do something here.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="computer">The host that is named where a host can be named.</param>
    /// <param name="arguments">What parameters are given.</param>
    public static IEnumerable<CmdletCall> Of(CmdletInfo command, string computer, CmdletArguments arguments)
    {
        foreach (var set in command.ParameterSets)
        {
            // What a set is named for is meant even where it is not mandatory.
            var given = set.Parameters.Where(parameter => parameter.IsMandatory || parameter.Name == set.Name || parameter.Name == Needed.GetValueOrDefault(command.Name)).ToList();
            var isWhole = !Needed.TryGetValue(command.Name, out var needed) || given.Exists(parameter => parameter.Name == needed);
            if (isWhole && !given.Exists(parameter => IsRefused(command, parameter.Name)))
            {
                var call = new CmdletCall(command, set.Name, given.ToDictionary(parameter => parameter.Name, arguments.For));
                if (set.Parameters.Any(parameter => parameter.Name == ComputerName))
                {
                    call.Arguments[ComputerName] = computer;
                }

                yield return call;
            }
        }
    }

    /// <summary>The calls with a parameter that is refused, one for each of its sets; none where nobody can make what it takes.</summary>
    public static IEnumerable<CmdletCall> WithRefused(CmdletInfo command, string refused, CmdletArguments arguments)
        => from set in command.ParameterSets
           let given = set.Parameters.Where(parameter => parameter.IsMandatory || parameter.Name == refused).ToList()
           where given.Exists(parameter => parameter.Name == refused) && given.TrueForAll(CmdletArguments.CanBeMade)
           select new CmdletCall(command, set.Name, given.ToDictionary(parameter => parameter.Name, arguments.For));

    /// <summary>The parameters that are refused; all where the cmdlet does nothing.</summary>
    public static IEnumerable<string> RefusedParameters(CmdletInfo command)
        => command.Parameters.Keys.Where(name => !Cmdlet.CommonParameters.Contains(name) && IsRefused(command, name));

    /// <summary>Whether the call is for a machine: by name, as an object, or by something that belongs to it.</summary>
    public bool IsForMachine(IEnumerable<object> machineObjects)
        => NamesMachine || Arguments.Values.Any(value => machineObjects.Any(part => (value as object[])?.Contains(part) ?? value == part));

    /// <summary>Whether the contract has the set's parameter bound from the pipeline as it comes.</summary>
    public bool TakesByValue(string parameter) => IsFlagged(parameter, "pipelineByValue");

    /// <summary>Whether the contract has the set's parameter bound from a property of what comes through the pipeline.</summary>
    public bool TakesByPropertyName(string parameter) => IsFlagged(parameter, "pipelineByPropertyName");

    /// <summary>A parameter's argument as it comes through the pipeline.</summary>
    public object Value(string parameter) => Arguments[parameter] is Array several ? several.GetValue(0)! : Arguments[parameter];

    /// <summary>An object for the pipeline that has a parameter's argument as its property.</summary>
    public PSObject WithProperty(string parameter)
    {
        var owner = new PSObject();
        owner.Properties.Add(new PSNoteProperty(parameter, Arguments[parameter]));
        return owner;
    }

    /// <summary>The call without an argument.</summary>
    public CmdletCall Without(string parameter) => this with
    {
        Arguments = Arguments.Where(argument => argument.Key != parameter).ToDictionary(),
    };

    /// <summary>The arguments with another name for the machine.</summary>
    public Dictionary<string, object> WithName(string name)
    {
        var parameter = Arguments.ContainsKey("VMName") ? "VMName" : "Name";
        return new Dictionary<string, object>(Arguments) { [parameter] = Arguments[parameter] is string ? name : new[] { name } };
    }

    public override string ToString() => $"{Command.Name} ({Set})";

    private bool IsFlagged(string parameter, string flag)
        => CmdletShape.Contract.GetProperty("cmdlets").GetProperty(Command.Name).GetProperty("parameters").GetProperty(parameter) is var held
            && held.GetProperty("sets").EnumerateObject().Any(set => (set.Name == Set || set.Name == ParameterAttribute.AllParameterSets)
                && (set.Value.TryGetProperty(flag, out var own) ? own : held.GetProperty(flag)).GetBoolean());

    private static bool IsRefused(CmdletInfo command, string parameter)
        => !Understood.Contains(parameter)
            && command.ImplementingType.GetCustomAttribute<ImplementsAttribute>()?.Parameters.Contains(parameter) != true;
}
