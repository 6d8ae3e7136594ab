using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>What every cmdlet of the module keeps to.</summary>
public sealed class CmdletTests
{
    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. new[]
        {
            typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
            typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
        }.SelectMany(verbs => verbs.GetFields().Select(field => (string)field.GetValue(null)!)),
    ];

    // Those of PSScriptAnalyzer's rule UseShouldProcessForStateChangingFunctions.
    private static readonly HashSet<string> ChangingVerbs =
        ["New", "Set", "Remove", "Start", "Stop", "Restart", "Reset", "Update"];

    /// <summary>The names of the cmdlets.</summary>
    public static TheoryData<string> Cmdlets => BuiltModule.Names;

    [Fact]
    public void ThereAreCmdlets() => Assert.Contains("Start-LinuxKitVM", BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void IsNamedAsPowerShellWants(string name)
    {
        var attribute = BuiltModule.Cmdlet(name).CommandType.GetCustomAttribute<CmdletAttribute>()!;
        Assert.Contains(attribute.VerbName, ApprovedVerbs);
        Assert.StartsWith("LinuxKit", attribute.NounName, StringComparison.Ordinal);
        Assert.Matches("^[A-Z][A-Za-z]+$", attribute.NounName);
        Assert.True(IsSingular(attribute.NounName), $"The noun {attribute.NounName} is a plural.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void HasASealedClassAndAFileOfItsOwn(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name).CommandType;
        Assert.Equal(name.Replace("-", string.Empty, StringComparison.Ordinal) + "Command", cmdlet.Name);
        Assert.True(cmdlet is { IsSealed: true, IsPublic: true });
        Assert.EndsWith(".Commands", cmdlet.Namespace, StringComparison.Ordinal);

        var source = File.ReadAllText(Path.Combine(BuiltModule.Sources, "Commands", cmdlet.Name + ".cs"));
        Assert.Equal(1, source.Split("[Cmdlet(").Length - 1);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void SaysWhatItEmits(string name) =>
        Assert.NotEmpty(BuiltModule.Cmdlet(name).CommandType.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void HasADefaultParameterSet(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name);
        Assert.Contains(cmdlet.DefaultParameterSetName, cmdlet.SetNames());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void AsksBeforeItChangesAnything(string name)
    {
        var cmdlet = BuiltModule.Cmdlet(name);
        Assert.True(cmdlet.SupportsShouldProcess || !ChangingVerbs.Contains(name.Split('-')[0]));
        Assert.Equal(name.StartsWith("Remove-", StringComparison.Ordinal), cmdlet.ConfirmImpact == ConfirmImpact.High);
    }

    [Fact]
    public void NobodyElseCanDeriveFromTheirBaseClasses() => Assert.All(
        BuiltModule.Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: false, IsInterface: false }),
        type => Assert.DoesNotContain(
            type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
            constructor => constructor.IsPublic || constructor.IsFamily || constructor.IsFamilyOrAssembly));

    // Address is a singular; plurals end in a single s.
    private static bool IsSingular(string noun) => !noun.EndsWith('s') || noun.EndsWith("ss", StringComparison.Ordinal);
}
