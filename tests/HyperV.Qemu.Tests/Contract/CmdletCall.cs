using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HyperV.Qemu.Cmdlets;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>A call of a working cmdlet, with what one of its parameter sets demands.</summary>
/// <param name="Command">The cmdlet.</param>
/// <param name="Set">The parameter set.</param>
/// <param name="Arguments">The arguments by the parameters' names.</param>
internal sealed record CmdletCall(CmdletInfo Command, string Set, Dictionary<string, object> Arguments)
{
    private const string ComputerName = nameof(ComputerName);

    private static readonly string[] Understood = [ComputerName, "Credential", "CimSession"];

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

    /// <summary>Whether the call is for a machine: by name, as an object, or by something that belongs to it.</summary>
    public bool IsForMachine(IEnumerable<object> machineObjects)
        => (Arguments.ContainsKey(ComputerName) && (Arguments.ContainsKey("VMName") || (Arguments.ContainsKey("Name") && Command.Name != "New-VM" && Command.Noun is "VM" or "VMVersion")))
            || Arguments.Values.Any(value => machineObjects.Any(part => (value as object[])?.Contains(part) ?? value == part));

    /// <summary>The calls of a cmdlet, one for each set whose mandatory parameters do something here.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="computer">The host that is named where a host can be named.</param>
    /// <param name="objects">What parameters are given that take objects.</param>
    /// <param name="values">What other parameters are given, by their names.</param>
    public static IEnumerable<CmdletCall> Of(CmdletInfo command, string computer, IReadOnlyCollection<object> objects, IReadOnlyDictionary<string, object> values)
    {
        var implemented = command.ImplementingType.GetCustomAttribute<ImplementsAttribute>()!.Parameters;
        foreach (var set in command.ParameterSets)
        {
            // What a set is named for is meant even where it is not mandatory.
            var mandatory = set.Parameters.Where(parameter => parameter.IsMandatory || parameter.Name == set.Name || parameter.Name == Needed.GetValueOrDefault(command.Name)).ToList();
            var isWhole = !Needed.TryGetValue(command.Name, out var needed) || mandatory.Exists(parameter => parameter.Name == needed);
            if (isWhole && mandatory.TrueForAll(parameter => implemented.Contains(parameter.Name) || Understood.Contains(parameter.Name)))
            {
                var arguments = mandatory.ToDictionary(parameter => parameter.Name, parameter => Argument(parameter, objects, values));
                if (set.Parameters.Any(parameter => parameter.Name == ComputerName))
                {
                    arguments[ComputerName] = computer;
                }

                yield return new CmdletCall(command, set.Name, arguments);
            }
        }
    }

    public override string ToString() => $"{Command.Name} ({Set})";

    private static object Argument(CommandParameterInfo parameter, IEnumerable<object> objects, IReadOnlyDictionary<string, object> values)
    {
        var isArray = parameter.ParameterType.IsArray;
        var type = isArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        var value = values.GetValueOrDefault(parameter.Name) ?? objects.FirstOrDefault(type.IsInstanceOfType) ?? Any(type, parameter);
        if (!isArray)
        {
            return value;
        }

        var array = Array.CreateInstance(type, 1);
        array.SetValue(value, 0);
        return array;
    }

    private static object Any(Type type, CommandParameterInfo parameter) => type == typeof(string)
        ? throw new InvalidOperationException($"There is no argument for the parameter {parameter.Name}.")
        : type == typeof(SwitchParameter) ? SwitchParameter.Present : Activator.CreateInstance(type)!;
}
