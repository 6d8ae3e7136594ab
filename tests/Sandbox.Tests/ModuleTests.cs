using System.IO;
using Xunit;

namespace Sandbox.Tests;

public sealed class ModuleTests
{
    [Fact]
    public void A_missing_module_is_an_error_that_says_where_it_was_looked_for()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<FileNotFoundException>(() => new ModuleSearch([folder.Path]).Find("Missing"));

        Assert.StartsWith($"The module 'Missing' was not found in: {folder.Path}", error.Message);
    }

    [Fact]
    public void Both_modules_are_loaded_from_the_folders_that_are_named()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        first.Write("Hyper-V/Hyper-V.psd1", "@{ ModuleVersion = '1.0'; RootModule = 'Hyper-V.psm1' }");
        first.Write("Hyper-V/Hyper-V.psm1", "function Get-VM { [pscustomobject] @{ PSTypeName = 'Tests.VM'; Name = 'web'; State = 'Running' } }");
        second.Write("LinuxKitHyperV/LinuxKitHyperV.psd1", "@{ ModuleVersion = '2.0'; FormatsToProcess = 'VM.Format.ps1xml' }");
        second.Write("LinuxKitHyperV/VM.Format.ps1xml", """
            <Configuration>
              <ViewDefinitions>
                <View>
                  <Name>VM</Name>
                  <ViewSelectedBy><TypeName>Tests.VM</TypeName></ViewSelectedBy>
                  <ListControl>
                    <ListEntries><ListEntry><ListItems>
                      <ListItem><Label>Machine</Label><PropertyName>Name</PropertyName></ListItem>
                    </ListItems></ListEntry></ListEntries>
                  </ListControl>
                </View>
              </ViewDefinitions>
            </Configuration>
            """);

        using var sandbox = SandboxProcess.StartBare(
            "-ModulePath", $"{first.Path}:{second.Path}", "-c", "Get-VM; (Get-Module).Name; $env:PSModulePath");
        var (exitCode, output, error) = sandbox.End();

        Assert.Empty(error);
        Assert.Equal(0, exitCode);
        Assert.Contains("Machine : web\n", output);
        Assert.Contains("Hyper-V\nLinuxKitHyperV\n", output);
        Assert.Contains($"{first.Path}:{second.Path}", output);
    }

    [Fact]
    public void A_module_that_does_not_load_ends_the_program()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Hyper-V/Hyper-V.psd1", "@{ ModuleVersion = '1.0'; RootModule = 'Missing.dll' }");
        folder.Write("LinuxKitHyperV/LinuxKitHyperV.psd1", "@{ ModuleVersion = '1.0' }");

        using var sandbox = SandboxProcess.StartBare("-ModulePath", folder.Path, "-c", "'never'");
        var (exitCode, output, error) = sandbox.End();

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("Missing.dll", error);
    }
}
