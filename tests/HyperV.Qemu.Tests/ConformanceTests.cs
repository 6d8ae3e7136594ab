using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using HyperV.Qemu.Tests.Hosting;
using Xunit;

namespace HyperV.Qemu.Tests;

/// <summary>Holds every cmdlet to the contract's data, which is read here without the generator's help.</summary>
public sealed class ConformanceTests : IDisposable
{
    private static readonly JsonElement Contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hyperv-core.json"))).RootElement;

    private static readonly HashSet<string> Common = new([.. Cmdlet.CommonParameters], StringComparer.OrdinalIgnoreCase);

    private readonly StandInSession _session = new();

    public static TheoryData<string> Cmdlets => [.. Contract.GetProperty("cmdlets").EnumerateObject().Select(cmdlet => cmdlet.Name)];

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Exports_the_contracts_cmdlets_and_no_others()
    {
        var expected = Contract.GetProperty("cmdlets").EnumerateObject().Select(cmdlet => cmdlet.Name);
        Assert.Equal(expected.Order(), _session.Run("Get-Command -Module Hyper-V -CommandType Cmdlet").Select(command => command.ToString()).Order());
    }

    [Fact]
    public void Exports_the_aliases_of_the_contracts_cmdlets()
    {
        // The others are aliases of replication cmdlets, which the contract leaves out.
        string[] replication = ["gvmr", "mvmr", "gvmrs"];
        var expected = Contract.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!).Except(replication);
        Assert.Equal(expected.Order(), _session.Run("Get-Command -Module Hyper-V -CommandType Alias").Select(command => ((AliasInfo)command.BaseObject).Name).Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Has_the_contracts_shape(string name)
    {
        var contract = Contract.GetProperty("cmdlets").GetProperty(name);
        var command = _session.One<CmdletInfo>($"Get-Command Hyper-V\\{name}");
        Assert.Equal(Describe(contract), Describe(command));
    }

    /// <summary>One line for each fact, so that a difference reads well.</summary>
    private static List<string> Describe(JsonElement contract)
    {
        var facts = new List<string>
        {
            $"supports ShouldProcess: {contract.GetProperty("supportsShouldProcess").GetBoolean()}",
            $"outputs: {string.Join(", ", contract.GetProperty("outputs").EnumerateArray().Select(output => output.GetString()))}",
        };
        if (contract.GetProperty("confirmImpact").GetString() is { } impact)
        {
            facts.Add($"confirm impact: {impact}");
        }

        foreach (var set in contract.GetProperty("parameterSets").EnumerateObject())
        {
            facts.Add($"set {set.Name}, default: {set.Value.GetProperty("default").GetBoolean()}");
        }

        var parameters = contract.GetProperty("parameters").EnumerateObject().ToList();
        var aliases = parameters.SelectMany(parameter => Strings(parameter.Value, "aliases")).ToHashSet();

        // Two parameters that only the documentation has are aliases of others in the module itself.
        foreach (var parameter in parameters.Where(parameter => !aliases.Contains(parameter.Name)))
        {
            facts.Add($"{parameter.Name}: {parameter.Value.GetProperty("type").GetString()}, aliases {string.Join(' ', Strings(parameter.Value, "aliases"))}");
            facts.AddRange(Strings(parameter.Value, "validate").Select(rule => rule == "ValidateSet"
                ? $"{parameter.Name}: ValidateSet({string.Join(',', Strings(parameter.Value, "validValues"))})"
                : $"{parameter.Name}: {rule}"));
            foreach (var set in parameter.Value.GetProperty("sets").EnumerateObject())
            {
                var position = set.Value.GetProperty("position");
                facts.Add(Binding(
                    parameter.Name,
                    set.Name,
                    set.Value.GetProperty("required").GetBoolean(),
                    position.ValueKind == JsonValueKind.Null ? null : position.GetInt32(),
                    Flag(parameter.Value, set.Value, "pipelineByValue"),
                    Flag(parameter.Value, set.Value, "pipelineByPropertyName")));
            }
        }

        return [.. facts.Order(StringComparer.Ordinal)];
    }

    private static List<string> Describe(CmdletInfo command)
    {
        var metadata = new CommandMetadata(command);
        var facts = new List<string>
        {
            $"supports ShouldProcess: {metadata.SupportsShouldProcess}",
            $"outputs: {string.Join(", ", command.OutputType.Select(output => output.Name))}",
        };
        if (metadata.SupportsShouldProcess)
        {
            facts.Add($"confirm impact: {metadata.ConfirmImpact}");
        }

        foreach (var set in command.ParameterSets)
        {
            facts.Add($"set {set.Name}, default: {set.IsDefault || command.ParameterSets.Count == 1}");
            foreach (var parameter in set.Parameters.Where(parameter => !Common.Contains(parameter.Name)))
            {
                facts.Add(Binding(
                    parameter.Name,
                    set.Name,
                    parameter.IsMandatory,
                    parameter.Position == int.MinValue ? null : parameter.Position,
                    parameter.ValueFromPipeline,
                    parameter.ValueFromPipelineByPropertyName));
            }
        }

        foreach (var parameter in command.Parameters.Values.Where(parameter => !Common.Contains(parameter.Name)))
        {
            facts.Add($"{parameter.Name}: {TypeName(parameter.ParameterType)}, aliases {string.Join(' ', parameter.Aliases)}");
            facts.AddRange(parameter.Attributes.Select(Rule).OfType<string>().Select(rule => $"{parameter.Name}: {rule}"));
        }

        return [.. facts.Order(StringComparer.Ordinal)];
    }

    private static string Binding(string parameter, string set, bool mandatory, int? position, bool byValue, bool byPropertyName)
        => $"{parameter} in {set}: mandatory {mandatory}, position {position}, by value {byValue}, by property name {byPropertyName}";

    private static string TypeName(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name;

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
