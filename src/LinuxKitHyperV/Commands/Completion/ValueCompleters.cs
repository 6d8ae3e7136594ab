using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LinuxKitHyperV.Disks;
using LinuxKitHyperV.Terminal;

namespace LinuxKitHyperV.Commands;

/// <summary>Completes an argument from a list of values: it never throws, never prints, and quotes what needs quotes.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    // What ends or changes an argument that stands without quotes.
    private static readonly char[] Special = [.. " \t\r\n'\"`$&|;,(){}[]<>@#*?‘’‚‛“”„"];

    private protected ValueCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        try
        {
            var word = Unquote(wordToComplete);
            return [.. Values(word, fakeBoundParameters)
                .Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Distinct()
                .Select(value => new CompletionResult(Quote(value), ListItem(value), CompletionResultType.ParameterValue, ListItem(value)))];
        }
        catch (Exception exception) when (exception is RuntimeException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Hyper-V or a folder does not answer, or not to this user: there is nothing to offer, and the prompt is no place to say so.
            return [];
        }
    }

    /// <summary>The values there are; those that do not begin with the word are left out by the caller.</summary>
    private protected abstract IEnumerable<string> Values(string word, IDictionary boundParameters);

    /// <summary>What a list of the values shows for one of them.</summary>
    private protected virtual string ListItem(string value) => value;

    /// <summary>A value as an argument: in quotes where it needs them.</summary>
    private protected static string Quote(string value) =>
        value.Length == 0 || value[0] == '-' || value.IndexOfAny(Special) >= 0
            ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'"
            : value;

    // The quote that ends the word is there, or is still to be typed.
    private static string Unquote(string? word)
    {
        if (word is not { Length: > 0 } || word[0] is not ('\'' or '"'))
        {
            return word ?? string.Empty;
        }

        var quote = word.Substring(0, 1);
        var content = word.Substring(1);
        return (content.EndsWith(quote, StringComparison.Ordinal) ? content.Substring(0, content.Length - 1) : content).Replace(quote + quote, quote);
    }
}

/// <summary>Completes a disk: the keys of LinuxKit's syntax, and the disks in a folder that it can name.</summary>
public sealed class DiskCompleter : LiteralPathCompleter
{
    private const string File = "file=";

    private static readonly string[] Keys = ["size=", File];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters)
    {
        // Only the part behind the last comma is being typed.
        var typed = word.LastIndexOf(',') + 1;
        var before = word.Substring(0, typed);
        var part = word.Substring(typed);
        var isFile = part.StartsWith(File, StringComparison.OrdinalIgnoreCase);
        var key = isFile ? part.Substring(0, File.Length) : string.Empty;
        return Keys
            .Where(other => !isFile && before.IndexOf(other, StringComparison.OrdinalIgnoreCase) < 0)
            .Concat(Paths(part.Substring(key.Length)).Where(path => DiskSyntax.CanBePart(path, isFile)).Select(path => key + path))
            .Select(value => before + value);
    }

    /// <inheritdoc/>
    private protected override bool IsOffered(string fileName) =>
        fileName.EndsWith(".vhdx", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".vhd", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Completes the size of a disk: the unit behind a number, or sizes that are usual.</summary>
public sealed class DiskSizeCompleter : ValueCompleter
{
    private static readonly string[] Units = ["GB", "MB", "TB"];
    private static readonly string[] Usual = ["1GB", "4GB", "10GB", "50GB", "100GB"];

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters)
    {
        var number = word.TrimEnd('G', 'g', 'M', 'm', 'T', 't', 'B', 'b');
        return number.Length == 0 ? Usual : Units.Select(unit => number + unit);
    }
}

/// <summary>Completes the key that leaves a console: first the keys that no shell or editor uses.</summary>
public sealed class EscapeKeyCompleter : ValueCompleter
{
    private const string Keys = @"]\^_@ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <inheritdoc/>
    private protected override IEnumerable<string> Values(string word, IDictionary boundParameters) => Keys.Select(key => $"Ctrl+{key}").Append(ConsoleKeyName.None);
}
