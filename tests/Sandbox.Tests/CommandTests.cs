using Xunit;

namespace Sandbox.Tests;

public sealed class CommandTests
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 0; throw 'never'", 0)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Nothing", 1)]
    [InlineData("Get-Nothing; 1", 0)]
    [InlineData("1 +", 1)]
    public void Exit_code_is_that_of_pwsh(string script, int exitCode)
    {
        Assert.Equal(exitCode, SandboxProcess.Run("-Command", script).ExitCode);
    }

    [Fact]
    public void The_words_behind_the_option_are_one_script()
    {
        Assert.Equal("3\n", SandboxProcess.Run("--command", "1", "+", "2").Output);
    }

    [Theory]
    [InlineData("-NoSuchOption")]
    [InlineData("-Command")]
    [InlineData("no-such-script.ps1")]
    public void A_bad_command_line_is_said_on_standard_error(string argument)
    {
        var (exitCode, output, error) = SandboxProcess.Run(argument);

        Assert.Equal(64, exitCode);
        Assert.Empty(output);
        Assert.Contains(argument, error);
    }

    [Fact]
    public void Results_go_to_standard_output_and_errors_to_standard_error()
    {
        const string Script = """
            'result'
            $Host.UI.WriteWarningLine('careful')
            $Host.UI.WriteProgress(0, [System.Management.Automation.ProgressRecord]::new(1, 'activity', 'status'))
            Get-Nothing
            """;

        var (_, output, error) = SandboxProcess.Run("-c", Script);

        Assert.Equal("result\nWARNING: careful\n", output);
        Assert.StartsWith("Get-Nothing: ", error);
        Assert.DoesNotContain('\u001b', error);
    }

    [Fact]
    public void A_terminating_error_is_shown_with_its_position()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("fails.ps1", "1\nthrow 'no such luck'\n");

        string error = SandboxProcess.Run("-c", $"& '{file}'; 1/0").Error;

        Assert.Contains("no such luck", error);
        Assert.Contains("fails.ps1:2", SandboxProcess.Run("-c", $"try {{ & '{file}' }} catch {{ $PSItem.InvocationInfo.PositionMessage }}").Output);
    }

    [Fact]
    public void Redirected_tables_are_120_columns_wide()
    {
        string output = SandboxProcess.Run("-c", "$Host.UI.RawUI.BufferSize.Width; 'a' * 130").Output;

        Assert.Equal("120\n" + new string('a', 130) + "\n", output);
    }

    [Fact]
    public void It_says_which_host_and_which_engine_it_is()
    {
        Assert.Equal("LinuxKitHyperV sandbox\nCore\n", SandboxProcess.Run("-c", "$Host.Name; $PSVersionTable.PSEdition").Output);
    }

    [Fact]
    public void Commands_come_from_standard_input_when_there_is_no_other_script()
    {
        using var sandbox = SandboxProcess.Start();
        sandbox.Type("function Get-Answer {\n\n'for' + 'ty-two'\n}\nGet-Answer\nexit 5\n'never'\n");

        var (exitCode, output, error) = sandbox.End();

        Assert.Equal("forty-two\n", output);
        Assert.Empty(error);
        Assert.Equal(5, exitCode);
    }
}
