using Xunit;

namespace Sandbox.Tests;

public sealed class ScriptFileTests
{
    [Fact]
    public void Arguments_bind_as_on_a_command_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("it's.ps1", """
            param($Name, [switch] $Force, [switch] $Fast, $Rest)
            "$Name|$Force|$Fast|$Rest|$args"
            $PSScriptRoot
            """);

        var (exitCode, output, _) = SandboxProcess.Run("-File", file, "it's $(1)", "-Fast", "-Force:$false", "-Rest:a b", "-1", "");

        Assert.Equal($"it's $(1)|False|True|a b|-1 \n{folder.Path}\n", output);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("'fine'; exit 0", 0)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Nothing", 0)]
    [InlineData("/bin/false", 0)]
    public void Exit_code_is_that_of_pwsh(string script, int exitCode)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(exitCode, SandboxProcess.Run(folder.Write("script.ps1", script)).ExitCode);
    }
}
