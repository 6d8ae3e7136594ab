using Xunit;

namespace Sandbox.Tests;

public sealed class SignalTests
{
    private const string Work = """
        try { 'working'; while ($true) { [Threading.Thread]::Sleep(20) } }
        finally
        {
            [Console]::WriteLine('undo begins')
            [Threading.Thread]::Sleep(1000)
            [Console]::WriteLine('undo ends')
        }
        """;

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_stops_the_command_and_lets_it_undo(string signal, int exitCode)
    {
        using var sandbox = SandboxProcess.Start("-c", Work + "; 'never'");
        sandbox.WaitFor("working");

        sandbox.Signal(signal);
        sandbox.WaitFor("undo begins");
        sandbox.Signal(signal);
        sandbox.Signal("INT");

        var result = sandbox.End();
        Assert.EndsWith("undo begins\nundo ends\n", result.Output);
        Assert.Empty(result.Error);
        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public void A_prompt_without_a_terminal_ends_with_the_command_that_was_stopped()
    {
        using var sandbox = SandboxProcess.Start();
        sandbox.Type("'working'; while ($true) { }\n'never'\n");
        sandbox.WaitFor("working");

        sandbox.Signal("INT");

        var result = sandbox.End();
        Assert.Equal("working\n", result.Output);
        Assert.Equal(130, result.ExitCode);
    }
}
