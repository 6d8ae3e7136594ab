using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;

namespace HyperV.Qemu.Tests.Contract;

/// <summary>What is to be said of a cmdlet and of each of its parameters, a line for each fact, so that a difference reads well.</summary>
internal sealed class CmdletShape
{
    /// <summary>What the facts of the cmdlet itself are filed under.</summary>
    public const string Cmdlet = "";

    private static readonly HashSet<string> Common = new([.. System.Management.Automation.Cmdlet.CommonParameters], StringComparer.OrdinalIgnoreCase);

    private readonly List<(string Subject, string Fact)> _facts = [];

    /// <summary>The cmdlets of the contract.</summary>
    public static JsonElement Contract { get; } = ContractFile.Read("hyperv-core.json");

    /// <summary>The parameters, and the cmdlet itself.</summary>
    public IEnumerable<string> Subjects => _facts.Select(fact => fact.Subject).Distinct();

    /// <summary>All facts.</summary>
    public IEnumerable<string> Facts => _facts.Select(fact => $"{fact.Subject}: {fact.Fact}").Order(StringComparer.Ordinal);

    /// <summary>The facts of a parameter.</summary>
    public IEnumerable<string> this[string subject] => _facts.Where(fact => fact.Subject == subject).Select(fact => fact.Fact).Order(StringComparer.Ordinal);

    /// <summary>What the contract says.</summary>
    public static CmdletShape Of(JsonElement contract)
    {
        var shape = new CmdletShape();
        shape.Add(Cmdlet, $"supports ShouldProcess: {contract.GetProperty("supportsShouldProcess").GetBoolean()}");
        shape.Add(Cmdlet, $"outputs: {string.Join(", ", Strings(contract, "outputs"))}");
        if (contract.GetProperty("confirmImpact").GetString() is { } impact)
        {
            shape.Add(Cmdlet, $"confirm impact: {impact}");
        }

        foreach (var set in contract.GetProperty("parameterSets").EnumerateObject())
        {
            shape.Add(Cmdlet, $"set {set.Name}, default: {set.Value.GetProperty("default").GetBoolean()}");
        }

        var parameters = contract.GetProperty("parameters").EnumerateObject().ToList();
        var aliases = parameters.SelectMany(parameter => Strings(parameter.Value, "aliases")).ToHashSet();

        // Two parameters that only the documentation has are aliases of others in the module itself.
        foreach (var parameter in parameters.Where(parameter => !aliases.Contains(parameter.Name)))
        {
            shape.AddParameter(parameter.Name, parameter.Value);
        }

        return shape;
    }

    /// <summary>What the module has.</summary>
    public static CmdletShape Of(CmdletInfo command)
    {
        var shape = new CmdletShape();
        var metadata = new CommandMetadata(command);
        shape.Add(Cmdlet, $"supports ShouldProcess: {metadata.SupportsShouldProcess}");
        shape.Add(Cmdlet, $"outputs: {string.Join(", ", command.OutputType.Select(output => output.Name))}");
        if (metadata.SupportsShouldProcess)
        {
            shape.Add(Cmdlet, $"confirm impact: {metadata.ConfirmImpact}");
        }

        foreach (var set in command.ParameterSets)
        {
            shape.Add(Cmdlet, $"set {set.Name}, default: {set.IsDefault || command.ParameterSets.Count == 1}");
            foreach (var parameter in set.Parameters.Where(parameter => !Common.Contains(parameter.Name)))
            {
                shape.AddBinding(
                    parameter.Name,
                    set.Name,
                    parameter.IsMandatory,
                    parameter.Position == int.MinValue ? null : parameter.Position,
                    parameter.ValueFromPipeline,
                    parameter.ValueFromPipelineByPropertyName);
            }
        }

        foreach (var parameter in command.Parameters.Values.Where(parameter => !Common.Contains(parameter.Name)))
        {
            shape.Add(parameter.Name, $"type {parameter.ParameterType}");
            shape.Add(parameter.Name, $"aliases {string.Join(' ', parameter.Aliases)}");
            foreach (var rule in parameter.Attributes.Select(Rule).OfType<string>())
            {
                shape.Add(parameter.Name, rule);
            }
        }

        return shape;
    }

    private void Add(string subject, string fact) => _facts.Add((subject, fact));

    private void AddParameter(string name, JsonElement parameter)
    {
        Add(name, $"type {TypeOf(parameter)}");
        Add(name, $"aliases {string.Join(' ', Strings(parameter, "aliases"))}");
        foreach (var rule in Strings(parameter, "validate"))
        {
            Add(name, rule == "ValidateSet" ? $"ValidateSet({string.Join(',', Strings(parameter, "validValues"))})" : rule);
        }

        foreach (var set in parameter.GetProperty("sets").EnumerateObject())
        {
            var position = set.Value.GetProperty("position");
            AddBinding(
                name,
                set.Name,
                set.Value.GetProperty("required").GetBoolean(),
                position.ValueKind == JsonValueKind.Null ? null : position.GetInt32(),
                Flag(parameter, set.Value, "pipelineByValue"),
                Flag(parameter, set.Value, "pipelineByPropertyName"));
        }
    }

    private void AddBinding(string parameter, string set, bool mandatory, int? position, bool byValue, bool byPropertyName)
        => Add(parameter, $"in {set}: mandatory {mandatory}, position {position}, by value {byValue}, by property name {byPropertyName}");

    /// <summary>A type by PowerShell's own understanding of the name; documentation alone gives no full names.</summary>
    private static Type TypeOf(JsonElement parameter)
    {
        var name = parameter.TryGetProperty("typeFull", out var full) ? full.GetString()! : parameter.GetProperty("type").GetString()!;
        var type = new PSTypeName(name).Type ?? new PSTypeName($"Microsoft.HyperV.PowerShell.{name}").Type
            ?? throw new InvalidOperationException($"The contract's type '{name}' is not known.");
        return type.IsValueType && parameter.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean()
            ? typeof(Nullable<>).MakeGenericType(type)
            : type;
    }

    private static string? Rule(Attribute attribute) => attribute switch
    {
        ValidateSetAttribute set => $"ValidateSet({string.Join(',', set.ValidValues)})",
        ValidateRangeAttribute range => $"ValidateRange({range.MinRange},{range.MaxRange})",
        ValidateNotNullOrEmptyAttribute => "ValidateNotNullOrEmpty",
        ValidateNotNullAttribute => "ValidateNotNull",
        AllowNullAttribute => "AllowNull",
        AllowEmptyStringAttribute => "AllowEmptyString",
        _ => null,
    };

    private static bool Flag(JsonElement parameter, JsonElement set, string name)
        => (set.TryGetProperty(name, out var own) ? own : parameter.GetProperty(name)).GetBoolean();

    private static IEnumerable<string> Strings(JsonElement element, string name)
        => element.TryGetProperty(name, out var values) ? values.EnumerateArray().Select(value => value.GetString()!) : [];
}
