using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Sandbox.Hosting;

namespace Sandbox;

/// <summary>Runs PowerShell with LinuxKitHyperV and a module Hyper-V loaded, on a machine without pwsh.</summary>
internal static class Program
{
    private const int BadCommandLine = 64;

    private static readonly string[] Modules = ["Hyper-V", "LinuxKitHyperV"];

    public static int Main(string[] arguments)
    {
        // The engine counts modules and commands for its makers over the network unless this is set before it loads.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        try
        {
            var commandLine = CommandLine.Parse(arguments);
            if (commandLine.Help)
            {
                Console.Out.Write(CommandLine.Usage);
                return 0;
            }

            return Run(commandLine);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.Write(CommandLine.Usage);
            return BadCommandLine;
        }
    }

    private static int Run(CommandLine commandLine)
    {
        var search = new ModuleSearch(commandLine.ModulePath);
        search.Publish();

        string[] manifests;
        try
        {
            manifests = commandLine.NoModules ? [] : Modules.Select(search.Find).ToArray();
        }
        catch (FileNotFoundException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        using var interruption = new Interruption();
        using var activity = interruption.Begin();

        var terminal = new Terminal();
        var host = new ConsoleHost(terminal, interruption, mayAsk: terminal.InputIsTerminal && !commandLine.NonInteractive);
        using var session = new Session(host, interruption);
        var prompt = new Prompt(session, host, terminal, interruption);
        host.NestedPrompt = () => prompt.Run();

        if (manifests.Length > 0 && !session.Import(manifests))
        {
            return interruption.ExitCode ?? 1;
        }

        int exitCode;
        if (commandLine.Script is not null)
        {
            exitCode = session.Run(commandLine.Script) ? 0 : 1;
        }
        else if (commandLine.File is not null)
        {
            exitCode = session.RunFile(commandLine.File, commandLine.Arguments);
        }
        else
        {
            if (terminal.InputIsTerminal && !commandLine.NoLogo)
            {
                terminal.WriteLine($"PowerShell {PSVersionInfo.PSVersion} in the LinuxKitHyperV sandbox. 'exit' leaves.");
            }

            return prompt.Run();
        }

        return interruption.ExitCode ?? host.ExitCode ?? exitCode;
    }
}
