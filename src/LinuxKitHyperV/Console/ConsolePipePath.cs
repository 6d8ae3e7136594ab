using System;

namespace LinuxKitHyperV.Console;

/// <summary>The path of a named pipe, as a COM port has it: <c>\\.\pipe\NAME</c> or <c>\\HOST\pipe\NAME</c>.</summary>
internal sealed class ConsolePipePath
{
    private const string Root = @"\\";
    private const string Folder = @"\pipe\";

    private ConsolePipePath(string text, string host, string name)
    {
        Text = text;
        Host = host;
        Name = name;
    }

    /// <summary>The whole path.</summary>
    public string Text { get; }

    /// <summary>The computer: "." for this one.</summary>
    public string Host { get; }

    /// <summary>The pipe's name without host and folder.</summary>
    public string Name { get; }

    /// <summary>Reads a path.</summary>
    /// <exception cref="ConsolePipeException">The text is no such path.</exception>
    public static ConsolePipePath Parse(string text)
    {
        var folder = text.IndexOf(Folder, StringComparison.OrdinalIgnoreCase);
        var nameStart = folder + Folder.Length;
        if (!text.StartsWith(Root, StringComparison.Ordinal) || folder <= Root.Length || nameStart >= text.Length)
        {
            throw new ConsolePipeException(ConsolePipeFailure.BadPath, text);
        }

        var host = text.Substring(Root.Length, folder - Root.Length);
        return host.IndexOf('\\') >= 0
            ? throw new ConsolePipeException(ConsolePipeFailure.BadPath, text)
            : new ConsolePipePath(text, host, text.Substring(nameStart));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
