using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Runtime.Loader;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.Tests.Conventions;

/// <summary>The module as users get it, in the folder that its build lays out, and its sources.</summary>
internal static class BuiltModule
{
    /// <summary>The folder of the packaged module.</summary>
    public static string Folder { get; } = BuildFacts.Module;

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = BuildFacts.Repository;

    /// <summary>The folder of the module's sources.</summary>
    public static string Sources { get; } = Path.Combine(Repository, "src", "LinuxKitHyperV");

    /// <summary>The packaged module's assembly: beside the one that the tests are linked with, in a context of its own.</summary>
    public static Assembly Assembly { get; } = new AssemblyLoadContext("Package").LoadFromAssemblyPath(Path.Combine(Folder, "LinuxKitHyperV.dll"));

    /// <summary>The cmdlets that the assembly holds, by name.</summary>
    public static IReadOnlyList<CommandMetadata> Cmdlets { get; } =
    [
        .. Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)
            .Select(type => new CommandMetadata(type))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    /// <summary>The names of the cmdlets, for theories.</summary>
    public static TheoryData<string> Names => [.. Cmdlets.Select(cmdlet => cmdlet.Name)];

    /// <summary>The packaged module's manifest.</summary>
    public static Hashtable Manifest { get; } = ReadManifest();

    /// <summary>The cmdlet of that name.</summary>
    public static CommandMetadata Cmdlet(string name) => Cmdlets.Single(cmdlet => cmdlet.Name == name);

    private static Hashtable ReadManifest()
    {
        var script = Parser.ParseFile(Path.Combine(Folder, "LinuxKitHyperV.psd1"), out _, out var errors);
        Assert.Empty(errors);
        return (Hashtable)script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();
    }
}
