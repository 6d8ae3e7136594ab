using Xunit;

namespace Sandbox.Tests;

/// <summary>Cmdlets ask; only a user at a terminal is there to answer.</summary>
public sealed class QuestionTests
{
    private const string Remove = """
        function Remove-Thing {
            [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
            param([Parameter(Mandatory)] [int[]] $Id)
            if ($PSCmdlet.ShouldProcess('thing')) { 'removed {0}' -f ($Id -join ',') } else { 'spared' }
        }

        """;

    [Theory]
    [InlineData("Remove-Thing -Id 1", "PowerShell is in NonInteractive mode")]
    [InlineData("Remove-Thing -Confirm:$false", "missing mandatory parameters: Id")]
    [InlineData("$Host.UI.ReadLine()", "PowerShell is in NonInteractive mode")]
    [InlineData("$Host.UI.PromptForCredential('', '', 'user', '')", "PowerShell is in NonInteractive mode")]
    public void Without_a_terminal_what_asks_fails(string command, string error)
    {
        var result = SandboxProcess.Run("-c", Remove + command);

        Assert.Contains(error, result.Error);
        Assert.DoesNotContain("removed", result.Output);
    }

    [Fact]
    public void With_a_terminal_too_when_it_was_started_so()
    {
        using var sandbox = SandboxProcess.StartOnTerminal("-NonInteractive -c '$Host.UI.ReadLine()'");

        sandbox.WaitFor("NonInteractive mode");
        Assert.Equal(1, sandbox.WaitForEnd().ExitCode);
    }

    [Fact]
    public void At_a_terminal_parameters_and_confirmation_are_asked_for()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("ask.ps1", Remove + "Remove-Thing; Remove-Thing -Id 3");
        using var sandbox = SandboxProcess.StartOnTerminal($"-File '{file}'");

        sandbox.WaitFor("Id[0]: ");
        sandbox.Type("one\n");
        sandbox.WaitFor("\"one\" is not a Int32.");
        sandbox.WaitFor("Id[0]: ");
        sandbox.Type("1\n");
        sandbox.WaitFor("Id[1]: ");
        sandbox.Type("\n");
        sandbox.WaitFor("[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help (default is \"Y\"): ");
        sandbox.Type("?\n");
        sandbox.WaitFor("Skip this operation");
        sandbox.WaitFor("(default is \"Y\"): ");
        sandbox.Type("\n");
        sandbox.WaitFor("removed 1");
        sandbox.WaitFor("(default is \"Y\"): ");
        sandbox.Type("n\n");
        sandbox.WaitFor("spared");
        Assert.Equal(0, sandbox.WaitForEnd().ExitCode);
    }

    [Fact]
    public void A_password_is_not_shown()
    {
        using var sandbox = SandboxProcess.StartOnTerminal("""-c '$Host.UI.PromptForCredential("", "", "user", "").GetNetworkCredential().Password.Length'""");

        sandbox.WaitFor("Password for user user: ");
        sandbox.Type("s");
        sandbox.WaitFor("*");
        sandbox.Type("ecrex\u007ft\r");
        sandbox.WaitFor("6\r\n");
        Assert.DoesNotContain("ecre", sandbox.WaitForEnd().Output);
    }
}
