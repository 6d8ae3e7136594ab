using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LinuxKitHyperV.Tests.Hosting;
using Microsoft.PowerShell;
using Xunit;

namespace LinuxKitHyperV.Windows.Tests;

/// <summary>The module as it is shipped, in the engine of Windows.</summary>
public sealed class ModuleImportTests : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleImportTests()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ExecutionPolicy = ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    private static string Manifest => Path.Combine(BuildFacts.Module, "LinuxKitHyperV.psd1");

    [Fact]
    public void ItIsImportedWithAllItsCmdletsAndViews()
    {
        var module = Run("Import-Module $args -PassThru -ErrorAction Stop", Manifest);

        var manifest = (PSModuleInfo)module.BaseObject;
        Assert.Equal(ModuleType.Binary, manifest.ModuleType);
        Assert.NotEmpty(manifest.ExportedCmdlets);
        Assert.Equal(manifest.ExportedFormatFiles.Count, Directory.GetFiles(Path.GetDirectoryName(Manifest)!, "*.Format.ps1xml").Length);
    }

    [Fact]
    public void ItsHelpIsFound()
    {
        var synopsis = Run("Import-Module $args; (Get-Help Start-LinuxKitVM).Synopsis", Manifest).ToString();

        Assert.StartsWith("Makes", synopsis, StringComparison.Ordinal);
    }

    public void Dispose() => _runspace.Dispose();

    private PSObject Run(string script, string argument)
    {
        using var powerShell = PowerShell.Create(_runspace).AddScript(script).AddArgument(argument);
        var output = powerShell.Invoke();
        Assert.Empty(powerShell.Streams.Error.Select(error => error.ToString()));
        return Assert.Single(output);
    }
}
