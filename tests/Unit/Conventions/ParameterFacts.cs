using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What holds for a parameter in one parameter set: as reflection, a help page or the compiled help tells it.</summary>
internal sealed record ParameterFacts(string Name, string Type, bool IsRequired, string Position, string Pipeline, string Aliases, bool TakesWildcards)
{
    /// <summary>The parameters of a cmdlet's sets, by the names of the sets.</summary>
    public static IReadOnlyDictionary<string, List<ParameterFacts>> Of(CommandMetadata cmdlet) => cmdlet.SetNames().ToDictionary(
        set => set,
        set => cmdlet.InSet(set)
            .Select(parameter => Of(parameter.Parameter, parameter.InSet))
            .Concat(cmdlet.SupportsShouldProcess ? [Switch("Confirm", "cf"), Switch("WhatIf", "wi")] : [])
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ToList());

    /// <summary>How the pipeline binds, in the words of the help.</summary>
    public static string PipelineText(bool byValue, bool byPropertyName) => (byValue, byPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static ParameterFacts Of(ParameterMetadata parameter, ParameterSetMetadata inSet) => new(
        parameter.Name,
        TypeName(parameter),
        inSet.IsMandatory,
        inSet.Position == int.MinValue ? "named" : $"{inSet.Position}",
        PipelineText(inSet.ValueFromPipeline, inSet.ValueFromPipelineByPropertyName),
        string.Join(", ", parameter.Aliases),
        parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any());

    private static ParameterFacts Switch(string name, string alias) =>
        new(name, nameof(SwitchParameter), IsRequired: false, "named", PipelineText(false, false), alias, TakesWildcards: false);

    // What Get-Command -Syntax shows: an object's type by its PSTypeName.
    private static string TypeName(ParameterMetadata parameter) =>
        parameter.Attributes.OfType<PSTypeNameAttribute>().SingleOrDefault()?.PSTypeName is { } typeName
            ? typeName[(typeName.LastIndexOf('.') + 1)..] + (parameter.ParameterType.IsArray ? "[]" : string.Empty)
            : parameter.ParameterType.Name;
}
