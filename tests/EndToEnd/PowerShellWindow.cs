using System;
using System.IO;
using System.Linq;
using LinuxKitHyperV.Tests.Hosting;
using Xunit;

namespace LinuxKitHyperV.EndToEnd.Tests;

/// <summary>PowerShell in a terminal, as people have it: at a prompt, with PSReadLine.</summary>
internal sealed class PowerShellWindow : IDisposable
{
    /// <summary>What it shows when it waits for a command.</summary>
    public const string Prompt = "PS> ";

    private const string CtrlC = "\x03";

    /// <summary>Opens one and waits for its prompt.</summary>
    /// <param name="folder">Where it begins.</param>
    /// <param name="columns">How wide it is.</param>
    public PowerShellWindow(string folder, int columns = 80)
    {
        var command = Command(folder);

        // Suggestions from earlier lines would be on the screen, too.
        File.WriteAllText(Path.Combine(folder, "..", "profile.ps1"), """
            function prompt { 'PS> ' }
            Set-PSReadLineOption -PredictionSource None -EditMode Windows
            Import-Module LinuxKitHyperV

            """);
        Window = new TerminalWindow(folder, columns);
        Window.Type($"{command} -NoExit -File ../profile.ps1\n");
        WaitForPrompt();
    }

    /// <summary>The terminal.</summary>
    public TerminalWindow Window { get; }

    /// <summary>What is shown between the last two prompts.</summary>
    public string[] LastOutput => Window.See(screen =>
    {
        var lines = screen.Lines.ToArray();
        var end = Array.FindLastIndex(lines, IsPrompt);
        return lines[(Array.FindLastIndex(lines, end - 1, IsPrompt) + 1)..end];
    });

    /// <summary>The words by which a shell starts PowerShell with the modules; its parameters follow.</summary>
    /// <param name="folder">Where it begins. Beside it is kept what PowerShell keeps of its user.</param>
    public static string Command(string folder)
    {
        Assert.True(File.Exists(BuildFacts.PowerShell), $"{BuildFacts.PowerShell} is not there: 'dotnet tool restore' installs it.");
        var home = Directory.CreateDirectory(Path.Combine(folder, "..", "home")).FullName;
        var variables = PowerShellProgram.Environment.Append(new("HOME", home)).Select(variable => $"{variable.Key}='{variable.Value}'");
        File.WriteAllText(Path.Combine(home, "pwsh"), $"""
            export {string.Join(' ', variables)}
            exec {PowerShellProgram.Line} "$@"

            """);
        return "sh ../home/pwsh";
    }

    /// <summary>Types a line and presses Enter.</summary>
    public void Enter(string line)
    {
        Edit(line, line);
        Window.Type("\r");
    }

    /// <summary>Types a line, presses Enter and waits for the next prompt.</summary>
    /// <returns>What is shown between the two.</returns>
    public string[] Run(string line)
    {
        Edit(line, line);
        return Accept();
    }

    /// <summary>Presses Enter and waits for the next prompt.</summary>
    /// <returns>What is shown between the two.</returns>
    public string[] Accept()
    {
        Window.Type("\r");
        WaitForPrompt();
        return LastOutput;
    }

    /// <summary>Types keys at the prompt and waits until the line is another one.</summary>
    /// <param name="keys">What is typed.</param>
    /// <param name="line">The line that it makes, with the cursor at its end.</param>
    public void Edit(string keys, string line)
    {
        Window.Type(keys);
        Window.WaitUntil(screen => screen.BeforeCursor == Prompt + line && screen.AfterCursor.Length == 0, $"'{Prompt}{line}'");
    }

    /// <summary>Gives a line up.</summary>
    public void Cancel()
    {
        Window.Type(CtrlC);
        WaitForPrompt();
    }

    /// <summary>Waits for a prompt with nothing behind it.</summary>
    public void WaitForPrompt() =>
        Window.WaitUntil(screen => screen.BeforeCursor == Prompt && screen.AfterCursor.Length == 0 && screen.HasCursor, "prompt");

    public void Dispose() => Window.Dispose();

    private static bool IsPrompt(string line) => line.StartsWith(Prompt.TrimEnd(), StringComparison.Ordinal);
}
