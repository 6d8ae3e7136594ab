using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LinuxKitHyperV.Tests.Conventions;
using Xunit;

namespace LinuxKitHyperV.Tests.WindowsPowerShell;

/// <summary>What Windows PowerShell 5.1 takes as a module's manifest. Keys that it does not know it refuses, unlike those of PrivateData.</summary>
public sealed class ManifestSchemaTests
{
    // Those of New-ModuleManifest in 5.1.
    private static readonly HashSet<string> Texts =
    [
        "Author", "CLRVersion", "CompanyName", "Copyright", "DefaultCommandPrefix", "Description", "DotNetFrameworkVersion", "GUID", "HelpInfoURI",
        "ModuleVersion", "PowerShellHostName", "PowerShellHostVersion", "PowerShellVersion", "ProcessorArchitecture", "RootModule",
    ];

    private static readonly HashSet<string> Lists =
    [
        "AliasesToExport", "CmdletsToExport", "CompatiblePSEditions", "DscResourcesToExport", "FileList", "FormatsToProcess", "FunctionsToExport", "ModuleList",
        "NestedModules", "RequiredAssemblies", "RequiredModules", "ScriptsToProcess", "TypesToProcess", "VariablesToExport",
    ];

    // What PowerShellGet 1.0, which comes with 5.1, reads of PSData.
    private static readonly HashSet<string> GalleryKeys = ["IconUri", "LicenseUri", "ProjectUri", "ReleaseNotes", "Tags"];

    private static string Text => File.ReadAllText(Path.Combine(BuiltModule.Folder, "LinuxKitHyperV.psd1"));

    [Fact]
    public void EveryKeyIsKnownAndHasAValueOfItsKind()
    {
        foreach (DictionaryEntry entry in BuiltModule.Manifest)
        {
            var key = (string)entry.Key;
            if (key == "PrivateData")
            {
                Assert.Equal(["PSData"], ((Hashtable)entry.Value!).Keys.Cast<string>());
            }
            else if (Texts.Contains(key))
            {
                Assert.NotEmpty(Assert.IsType<string>(entry.Value));
            }
            else
            {
                Assert.Contains(key, Lists);
                Assert.All(Assert.IsType<object[]>(entry.Value), value => Assert.NotEmpty(Assert.IsType<string>(value)));
            }
        }
    }

    [Fact]
    public void ValuesAreWhatTheirKeysSay()
    {
        Assert.True(Guid.TryParse((string)BuiltModule.Manifest["GUID"]!, out _));
        Assert.All(["ModuleVersion", "PowerShellVersion", "DotNetFrameworkVersion"], key => Assert.True(Version.TryParse((string)BuiltModule.Manifest[key]!, out _), key));
        Assert.Equal(".dll", Path.GetExtension((string)BuiltModule.Manifest["RootModule"]!));
        Assert.All(((object[])BuiltModule.Manifest["FormatsToProcess"]!).Cast<string>(), file => Assert.EndsWith(".ps1xml", file, StringComparison.Ordinal));
    }

    [Fact]
    public void TheGalleryIsToldWhatItReads()
    {
        var data = (Hashtable)((Hashtable)BuiltModule.Manifest["PrivateData"]!)["PSData"]!;

        Assert.Subset(GalleryKeys, data.Keys.Cast<string>().ToHashSet());
        Assert.All(((object[])data["Tags"]!).Cast<string>(), tag => Assert.DoesNotContain(' ', tag));
    }

    [Fact]
    public void ItIsWrittenInTheLanguageOfData()
    {
        ReadAsData(Text);

        Assert.All(
            ["@{ Copyright = Get-Date }", "@{ Copyright = $env:USERNAME }", "@{ RootModule = if ($IsCoreCLR) { 'a.dll' } else { 'b.dll' } }"],
            manifest => Assert.Throws<ParseException>(() => ReadAsData(manifest)));
    }

    /// <remarks>5.1 reads what has no byte order mark in the computer's code page.</remarks>
    [Fact]
    public void EveryTextOfThePackageIsAscii() => Assert.All(
        Directory.GetFiles(BuiltModule.Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".dll"),
        file => Assert.True(File.ReadAllBytes(file).All(value => value < 128), file));

    // As the engine does before it evaluates a manifest.
    private static void ReadAsData(string manifest) =>
        ScriptBlock.Create(manifest).CheckRestrictedLanguage(allowedCommands: [], allowedVariables: ["PSScriptRoot"], allowEnvironmentVariables: false);
}
