using System.Linq;
using Xunit;

namespace Sandbox.Tests;

public sealed class TerminalTests
{
    private const string Prompt = "PS /";
    private const string Interrupt = "\u0003";

    [Fact]
    public void The_prompt_reads_commands_of_several_lines()
    {
        using var sandbox = SandboxProcess.StartOnTerminal();
        sandbox.WaitFor("LinuxKitHyperV sandbox");
        sandbox.WaitFor(Prompt);
        sandbox.Type("if ($true) {\n");
        sandbox.WaitFor(">> ");
        sandbox.Type("'for' + 'ty-two'\n");
        sandbox.WaitFor(">> ");
        sandbox.Type("}\n");
        sandbox.WaitFor("forty-two");
        sandbox.WaitFor(Prompt);
        sandbox.Type("exit 9\n");

        Assert.Equal(9, sandbox.WaitForEnd().ExitCode);
    }

    [Fact]
    public void Ctrl_C_stops_a_command_a_question_or_a_line_and_the_prompt_comes_back()
    {
        using var sandbox = SandboxProcess.StartOnTerminal("-NoLogo");
        sandbox.WaitFor(Prompt);
        sandbox.Type("try { 'work' + 'ing'; while ($true) { } } finally { [Console]::WriteLine('un' + 'done') }\n");
        sandbox.WaitFor("working");
        sandbox.Type(Interrupt);
        sandbox.WaitFor("undone");
        sandbox.WaitFor(Prompt);
        sandbox.Type("'ask' + 'ing'; $Host.UI.ReadLine()\n");
        sandbox.WaitFor("asking");
        sandbox.Type(Interrupt);
        sandbox.WaitFor(Prompt);
        sandbox.Type("'half a line" + Interrupt);
        sandbox.WaitFor(Prompt);
        sandbox.Type("'al' + 'ive'; exit 0\n");
        sandbox.WaitFor("alive");

        Assert.Equal(0, sandbox.WaitForEnd().ExitCode);
    }

    [Fact]
    public void A_nested_prompt_ends_with_exit()
    {
        using var sandbox = SandboxProcess.StartOnTerminal("-NoLogo");
        sandbox.WaitFor(Prompt);
        sandbox.Type("$Host.EnterNestedPrompt(); 'outer' + ' again'\n");
        sandbox.WaitFor(">> ");
        sandbox.Type("'in' + 'ner'; while ($true) { }\n");
        sandbox.WaitFor("inner");
        sandbox.Type(Interrupt);
        sandbox.WaitFor(">> ");
        sandbox.Type("exit\n");
        sandbox.WaitFor("outer again");
        sandbox.Type("exit 3\n");

        Assert.Equal(3, sandbox.WaitForEnd().ExitCode);
    }

    [Fact]
    public void Errors_have_colors()
    {
        using var sandbox = SandboxProcess.StartOnTerminal("-c Get-Nothing");

        Assert.Contains("\u001b[31;1mGet-Nothing: ", sandbox.WaitForEnd().Output);
    }

    [Fact]
    public void Unless_NO_COLOR_is_set()
    {
        using var sandbox = SandboxProcess.StartOnTerminal("-c Get-Nothing", environment: "NO_COLOR=1");

        string output = sandbox.WaitForEnd().Output;
        Assert.Contains("Get-Nothing: ", output);
        Assert.DoesNotContain("\u001b[31", output);
    }

    [Fact]
    public void Progress_is_one_line_that_gives_way_to_output()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("progress.ps1", """
            $record = [System.Management.Automation.ProgressRecord]::new(1, 'Starting', 'web' * 50)
            $Host.UI.WriteProgress(0, $record)
            'started'
            $Host.UI.WriteProgress(0, $record)
            """);
        using var sandbox = SandboxProcess.StartOnTerminal($"-File '{file}'");

        string output = sandbox.WaitForEnd().Output;
        string line = "\r\u001b[K" + string.Concat("Starting: ", string.Concat(Enumerable.Repeat("web", 23)));
        Assert.EndsWith($"{line}\r\u001b[Kstarted\r\n{line}\r\u001b[K", output);
    }
}
