using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>A cmdlet's parameters, seen from its parameter sets.</summary>
internal static class ParameterSets
{
    /// <summary>The cmdlet's sets; what belongs to all of them makes none.</summary>
    public static IReadOnlyList<string> SetNames(this CommandMetadata cmdlet)
    {
        var named = cmdlet.Parameters.Values
            .SelectMany(parameter => parameter.ParameterSets.Keys)
            .Where(set => set != ParameterAttribute.AllParameterSets)
            .Distinct()
            .Order()
            .ToList();
        return named.Count > 0 ? named : [ParameterAttribute.AllParameterSets];
    }

    /// <summary>The parameters of a set, each with what holds for it there.</summary>
    public static IEnumerable<(ParameterMetadata Parameter, ParameterSetMetadata InSet)> InSet(this CommandMetadata cmdlet, string set) =>
        from parameter in cmdlet.Parameters.Values
        let inSet = parameter.ParameterSets.GetValueOrDefault(set) ?? parameter.ParameterSets.GetValueOrDefault(ParameterAttribute.AllParameterSets)
        where inSet is not null
        select (parameter, inSet);
}
