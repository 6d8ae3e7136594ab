using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>Arguments for any parameter.</summary>
/// <param name="objects">What parameters are given that take objects.</param>
/// <param name="values">What other parameters are given, by their names.</param>
internal sealed class CmdletArguments(IReadOnlyCollection<object> objects, IReadOnlyDictionary<string, object> values)
{
    /// <summary>Whether anybody can have what a parameter takes: the stand-in makes no object of a class that is abstract.</summary>
    public static bool CanBeMade(CommandParameterInfo parameter) => ElementType(parameter) is { IsAbstract: false } or { IsClass: false } || HasParts(parameter);

    /// <summary>An argument for a parameter.</summary>
    public object For(CommandParameterInfo parameter)
    {
        var type = ElementType(parameter);
        var value = values.GetValueOrDefault(parameter.Name) ?? objects.FirstOrDefault(type.IsInstanceOfType) ?? Valid(parameter) ?? Any(type, parameter);
        if (!parameter.ParameterType.IsArray)
        {
            return value;
        }

        var array = Array.CreateInstance(type, 1);
        array.SetValue(value, 0);
        return array;
    }

    /// <summary>Whether the class is a base of those that there are.</summary>
    private static bool HasParts(CommandParameterInfo parameter)
        => ElementType(parameter) is var type && type.Assembly.GetTypes().Any(other => other.IsSubclassOf(type) && !other.IsAbstract);

    private static Type ElementType(CommandParameterInfo parameter)
    {
        var type = parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    /// <summary>A value that the parameter's own rules allow.</summary>
    private static object? Valid(CommandParameterInfo parameter) => parameter.Attributes.Select(rule => rule switch
    {
        ValidateSetAttribute set => set.ValidValues[0],
        ValidateRangeAttribute range => range.MinRange,
        PSTypeNameAttribute name => Named(name.PSTypeName),
        _ => null,
    }).FirstOrDefault(value => value is not null);

    private static object Any(Type type, CommandParameterInfo parameter)
        => type == typeof(string) ? parameter.Name
            : type == typeof(SwitchParameter) ? SwitchParameter.Present
            : type.IsValueType ? Activator.CreateInstance(type)! : RuntimeHelpers.GetUninitializedObject(type);

    private static PSObject Named(string typeName)
    {
        var named = new PSObject();
        named.TypeNames.Insert(0, typeName);
        return named;
    }
}
