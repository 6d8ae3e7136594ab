using System;
using System.Collections.Generic;
using System.IO;

namespace Sandbox;

/// <summary>What the program was asked to do. The words are those of pwsh, so that one command line serves both.</summary>
internal sealed class CommandLine
{
    public const string Usage = """
        Usage: Sandbox [options]                            an interactive prompt, or commands from standard input
               Sandbox [options] -Command <script>          (-c) runs the script
               Sandbox [options] [-File] <path> [arguments] (-f) runs the script file with its arguments

        Options:
          -ModulePath <folders>  where the modules Hyper-V and LinuxKitHyperV are looked for first, separated as in PSModulePath;
                                 after these come the folders of PSModulePath, then the artifacts folder of this repository
          -NoModules             starts without the two modules
          -NonInteractive        (-noni) never asks: what would ask fails
          -NoLogo                (-nol) no banner at the prompt
          -NoProfile             (-nop) accepted; there are no profiles
          -Help                  (-h, -?) this text

        Options are also accepted with two dashes, and in any case.

        """;

    private CommandLine()
    {
    }

    /// <summary>The script text of -Command.</summary>
    public string? Script { get; private set; }

    /// <summary>The path of -File.</summary>
    public string? File { get; private set; }

    /// <summary>The arguments of the script file.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    public IReadOnlyList<string> ModulePath { get; private set; } = [];

    public bool NoModules { get; private set; }

    public bool NonInteractive { get; private set; }

    public bool NoLogo { get; private set; }

    public bool Help { get; private set; }

    /// <exception cref="ArgumentException">The arguments make no command line.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var result = new CommandLine();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-'))
            {
                result.TakeFile(arguments, i);
                return result;
            }

            switch (arguments[i].TrimStart('-').ToLowerInvariant())
            {
                case "c" or "command":
                    result.TakeScript(arguments, i + 1);
                    return result;
                case "f" or "file":
                    result.TakeFile(arguments, i + 1);
                    return result;
                case "modulepath":
                    result.TakeModulePath(arguments, ++i);
                    break;
                case "nomodules":
                    result.NoModules = true;
                    break;
                case "noni" or "noninteractive":
                    result.NonInteractive = true;
                    break;
                case "nol" or "nologo":
                    result.NoLogo = true;
                    break;
                case "nop" or "noprofile":
                    break;
                case "?" or "h" or "help":
                    result.Help = true;
                    break;
                default:
                    throw new ArgumentException($"'{arguments[i]}' is not an option.");
            }
        }

        return result;
    }

    private void TakeScript(IReadOnlyList<string> arguments, int start)
    {
        if (start >= arguments.Count)
        {
            throw new ArgumentException("-Command needs a script.");
        }

        Script = string.Join(' ', From(arguments, start));
    }

    private void TakeFile(IReadOnlyList<string> arguments, int start)
    {
        if (start >= arguments.Count)
        {
            throw new ArgumentException("-File needs the path of a script file.");
        }

        File = Path.GetFullPath(arguments[start]);
        if (!System.IO.File.Exists(File))
        {
            throw new ArgumentException($"There is no script file '{arguments[start]}'.");
        }

        Arguments = From(arguments, start + 1);
    }

    private void TakeModulePath(IReadOnlyList<string> arguments, int index)
    {
        if (index >= arguments.Count)
        {
            throw new ArgumentException("-ModulePath needs at least one folder.");
        }

        ModulePath = arguments[index].Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
    }

    private static List<string> From(IReadOnlyList<string> arguments, int start)
    {
        var rest = new List<string>();
        for (int i = start; i < arguments.Count; i++)
        {
            rest.Add(arguments[i]);
        }

        return rest;
    }
}
