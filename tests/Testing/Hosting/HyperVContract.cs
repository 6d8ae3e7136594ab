using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LinuxKitHyperV.HyperV;
using Xunit;

namespace LinuxKitHyperV.Tests.Hosting;

/// <summary>Holds calls to what the real module's cmdlets take.</summary>
internal static class HyperVContract
{
    private static readonly JsonElement Cmdlets = Load();

    // What is called of other modules, with the parameters of their documentation that are used.
    private static readonly Dictionary<string, string[]> Others = new()
    {
        [HyperVCommand.GetNetNeighbor] = ["LinkLayerAddress", "CimSession"],
        [HyperVCommand.GetCimInstance] = ["ClassName", "Filter", "ComputerName", "CimSession"],
    };

    /// <summary>Fails where a call names a cmdlet, a parameter or a combination of parameters that the real module does not have.</summary>
    /// <param name="call">The call.</param>
    /// <param name="onServer2016">Whether to hold it to Windows Server 2016's module (build 14393) instead of today's.</param>
    public static void Check(HyperVCall call, bool onServer2016 = false)
    {
        if (Others.TryGetValue(call.Command, out var others))
        {
            Assert.All(call.Parameters, parameter => Assert.Contains(parameter.Key, others));
            Assert.False(call.Changes);
            return;
        }

        var name = call.Command["Hyper-V\\".Length..];
        Assert.True(Cmdlets.TryGetProperty(name, out var cmdlet), $"{name} is not in the contract.");
        var parameters = cmdlet.GetProperty("parameters");
        foreach (var (parameter, _) in call.Parameters)
        {
            Assert.True(parameters.TryGetProperty(parameter, out var known), $"{name} has no parameter {parameter}.");
            Assert.False(onServer2016 && !known.GetProperty("since14393").GetBoolean(), $"{name} -{parameter} is not in Windows Server 2016.");
        }

        var given = call.Parameters.Select(parameter => parameter.Key).ToHashSet(StringComparer.Ordinal);
        Assert.True(
            cmdlet.GetProperty("parameterSets").EnumerateObject().Any(set => Fits(set, parameters, given)),
            $"{name} has no parameter set for {string.Join(", ", given)}.");
        Assert.Equal(call.Changes, parameters.TryGetProperty("WhatIf", out _));
    }

    /// <summary>The parameters of one of the real module's cmdlets.</summary>
    public static IEnumerable<string> Parameters(string cmdlet) =>
        [.. Cmdlets.GetProperty(cmdlet).GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name)];

    private static bool Fits(JsonProperty set, JsonElement parameters, HashSet<string> given)
    {
        var members = set.Value.GetProperty("parameters").EnumerateArray().Select(member => member.GetString()!).ToList();
        return given.IsSubsetOf(members) && members.All(member => given.Contains(member) || !IsMandatory(parameters, member, set.Name));
    }

    private static bool IsMandatory(JsonElement parameters, string parameter, string set) =>
        parameters.GetProperty(parameter).GetProperty("sets").TryGetProperty(set, out var inSet) && inSet.GetProperty("required").GetBoolean();

    private static JsonElement Load()
    {
        using var file = typeof(HyperVContract).Assembly.GetManifestResourceStream("hyperv-core.json")!;
        using var document = JsonDocument.Parse(file);
        return document.RootElement.GetProperty("cmdlets").Clone();
    }
}
