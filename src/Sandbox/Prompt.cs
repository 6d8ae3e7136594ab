using System;
using System.Linq;
using System.Management.Automation.Language;
using Sandbox.Hosting;

namespace Sandbox;

/// <summary>Reads commands from standard input and runs them, until exit or the end of the input.</summary>
internal sealed class Prompt(Session session, ConsoleHost host, Terminal terminal, Interruption interruption)
{
    private const string Continuation = ">> ";

    /// <returns>The exit code of a program that ends with this prompt.</returns>
    public int Run()
    {
        // Ctrl+C at a terminal stops a command; only without one does it stop the prompt.
        using var prompt = BeginActivity();
        bool succeeded = true;
        while (!host.LeavesPrompt && interruption.ExitCode is null)
        {
            using var activity = BeginActivity();
            if (!TryReadCommand(out string? command))
            {
                // The terminal has thrown away the line that was being typed.
                EndLine();
                continue;
            }

            if (command is null)
            {
                break;
            }

            if (!string.IsNullOrWhiteSpace(command))
            {
                succeeded = session.Run(command);
                if (interruption.Token.IsCancellationRequested)
                {
                    EndLine();
                }
            }
        }

        return interruption.ExitCode ?? host.ExitCode ?? (succeeded ? 0 : 1);
    }

    private IDisposable? BeginActivity() => terminal.InputIsTerminal ? interruption.Begin() : null;

    /// <param name="command">A command of one or more lines; null at the end of the input.</param>
    /// <returns>False when a signal came first.</returns>
    private bool TryReadCommand(out string? command)
    {
        try
        {
            command = ReadCommand();
            return true;
        }
        catch (OperationCanceledException)
        {
            command = null;
            return false;
        }
    }

    private string? ReadCommand()
    {
        string? command = ReadLine(terminal.InputIsTerminal ? session.GetPrompt() : string.Empty);
        while (command is not null && IsIncomplete(command))
        {
            string? line = ReadLine(terminal.InputIsTerminal ? Continuation : string.Empty);
            if (line is null)
            {
                break;
            }

            command += "\n" + line;
        }

        return command;
    }

    private string? ReadLine(string prompt)
    {
        terminal.Write(prompt);
        return terminal.ReadLine(interruption.Token);
    }

    /// <summary>Ends the line on which the terminal showed Ctrl+C.</summary>
    private void EndLine()
    {
        if (terminal.InputIsTerminal)
        {
            terminal.WriteLine(string.Empty);
        }
    }

    private static bool IsIncomplete(string command)
    {
        Parser.ParseInput(command, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
